/** What was asked for, whether it was measured to be so, and the figure. */
export type Verdict = [target: string, isMet: boolean, measured: string];

/** As a list in Markdown; what is undefined was not judged. */
export const verdicts = (all: (Verdict | undefined)[]): string =>
  all.map((each) => (each ? `- ${each[1] ? 'met' : '**not met**'}: ${each[0]} (${each[2]})\n` : '')).join('');
