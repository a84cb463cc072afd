/** Command lines of the programs that live in `tests/`. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** The command line is wrong; the message is one line that says what would be right. */
export class OptionsError extends Error {
  override name = 'OptionsError';
}

/**
 * Reads a command line.
 *
 * @param texts options with a value
 * @param flags options without, beside `--help`
 * @returns 'help' when that was asked for
 * @throws OptionsError
 */
export function parse<T extends string, F extends string = never>(
  args: string[],
  texts: readonly T[],
  flags: readonly F[] = [],
): (Partial<Record<T, string>> & Partial<Record<F, boolean>>) | 'help' {
  const options: ParseArgsOptionsConfig = { help: { type: 'boolean', short: 'h' } };
  for (const name of texts) options[name] = { type: 'string' };
  for (const name of flags) options[name] = { type: 'boolean' };
  try {
    const { values } = parseArgs({ args, options });
    if (values.help) return 'help';
    return values as Partial<Record<T, string>> & Partial<Record<F, boolean>>;
  } catch (error) {
    // Node's messages may go on with advice in further sentences and lines.
    const [line] = (error as Error).message.split('\n');
    throw new OptionsError(`${line} (--help tells the options)`);
  }
}

/**
 * The number that an option asks for.
 *
 * @param limits `step` 1 asks for a whole number, 2 for an even one
 * @throws OptionsError
 */
export function number(
  name: string,
  text: string | undefined,
  byDefault: number,
  { least, most, step }: { least: number; most: number; step?: number },
): number {
  if (text === undefined) return byDefault;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= least && value <= most && (step === undefined || value % step === 0)) return value;
  const kind = step === 1 ? 'a whole number' : step === 2 ? 'an even number' : 'a number';
  throw new OptionsError(`--${name} must be ${kind} from ${least} to ${most}, got "${text}"`);
}

/** The seed that `--seed` asks for, or a new one. @throws OptionsError */
export const seedOf = (text: string | undefined, most = 2 ** 32 - 1): number =>
  number('seed', text, Math.floor(Math.random() * 2 ** 31), { least: 0, most, step: 1 });

/** The choice that an option asks for. @throws OptionsError */
export function oneOf<T extends string>(name: string, value: string, choices: readonly T[]): T {
  const chosen = choices.find((choice) => choice === value);
  if (chosen === undefined)
    throw new OptionsError(`--${name} must be one of ${choices.join(', ')}, got "${value}"`);
  return chosen;
}
