/** A table in Markdown, aligned for who reads the text as it is. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) =>
    Math.max(3, ...[title, ...rows.map((row) => row[column] ?? '')].map((cell) => cell.length)),
  );
  // The first column names the row; the others hold figures.
  const line = (cells: string[]) =>
    `| ${widths.map((width, column) => pad(cells[column] ?? '', width, column)).join(' | ')} |\n`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return `${line(head)}| ${rule.join(' | ')} |\n${rows.map(line).join('')}`;
}

const pad = (cell: string, width: number, column: number) =>
  column === 0 ? cell.padEnd(width) : cell.padStart(width);

/** A paragraph in lines of at most 120 characters, as far as its words allow; whatever lines it had before. */
export function paragraph(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= 120)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

/** With commas between thousands, as in `12,345` or `0.25`. */
export const figure = (value: number, decimals = 0): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** As in `12.34 %`, rounded to the nearest. */
export const percent = (part: number, whole: number, decimals = 2): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(decimals)} %`;

/** Milliseconds, with as many decimals as are worth reading. */
export const ms = (value: number): string => figure(value, value < 10 ? 2 : value < 100 ? 1 : 0);
