import { parseArgs } from 'node:util';
import { issueText } from '@overcookied/shared/issue-text.ts';
import * as z from 'zod/mini';

/** The command line is wrong; the message is what would be right. */
export class OptionsError extends Error {
  override name = 'OptionsError';
}

/** The command line asks for help, which is the message. */
export class HelpAsked extends Error {
  override name = 'HelpAsked';
}

interface Limits {
  least: number;
  most: number;
  whole?: boolean;
}

/** An option that is a number. */
export const number = (limits: Limits) =>
  z.pipe(
    z.string(),
    z.transform((text, context) => {
      const value = parse(text, limits);
      if (value === undefined) {
        context.issues.push({
          code: 'custom',
          message: `must be a ${kindOf(limits)}, got "${text}"`,
          input: text,
        });
      }
      return value ?? 0;
    }),
  );

/** An option that is a list of numbers with commas. */
export const numbers = (limits: Limits) =>
  z.pipe(
    z.string(),
    z.transform((list, context) =>
      list.split(',').map((text) => {
        const value = parse(text, limits);
        if (value === undefined) {
          const message = `must be a list like 1,10 of which each is a ${kindOf(limits)}, got "${text}"`;
          context.issues.push({ code: 'custom', message, input: list });
        }
        return value ?? 0;
      }),
    ),
  );

/** An option that is a list, with commas, out of these names. */
export const names = <Name extends string>(all: readonly Name[]) =>
  z.pipe(
    z.string(),
    z.transform((list, context): Name[] =>
      list.split(',').flatMap((text) => {
        const name = all.find((each) => each === text.trim());
        if (name !== undefined) return [name];
        const message = `must be a list like ${all.slice(0, 2).join(',')} out of ${all.join(', ')}, got "${text}"`;
        context.issues.push({ code: 'custom', message, input: list });
        return [];
      }),
    ),
  );

/** A seed for everything that is drawn at random. */
export const seed = z._default(number({ least: 0, most: 2 ** 32 - 1, whole: true }), 1);

/** An option without a value: given or not. */
export const flag = z._default(z.boolean(), false);

/**
 * Reads a bench's command line.
 *
 * @param schema an object of the options, each made by a function of this module
 * @param usage what `--help` tells
 * @throws OptionsError, HelpAsked
 */
export function readOptions<Schema extends z.ZodMiniObject>(
  args: string[],
  schema: Schema,
  usage: string,
): z.output<Schema> {
  const types = Object.entries(schema.shape).map(([name, type]) => [
    name,
    { type: type === flag ? ('boolean' as const) : ('string' as const) },
  ]);
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args, options: { ...Object.fromEntries(types), help: { type: 'boolean' } } }));
  } catch (error) {
    // Node's messages may go on with advice in further sentences and lines.
    const [line] = (error as Error).message.split('\n');
    throw new OptionsError(`${line} (--help tells the options)`);
  }
  if (values.help) throw new HelpAsked(usage);
  const options = schema.safeParse(values);
  if (!options.success) throw new OptionsError(`--${issueText(options.error)}`);
  return options.data;
}

function parse(text: string, { least, most, whole = false }: Limits): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value >= least && value <= most && (!whole || Number.isInteger(value)) ? value : undefined;
}

const kindOf = ({ least, most, whole = false }: Limits) =>
  `${whole ? 'whole number' : 'number'} from ${least} to ${most}`;
