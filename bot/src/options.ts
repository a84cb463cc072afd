import { parseArgs } from 'node:util';
import { issueText } from '@overcookied/shared/issue-text.ts';
import * as z from 'zod/mini';

export const usage = `Plays Overcookied: many players without a screen, who check what they are told.

  npm run bot -- [options]

  --players N   how many play at once, 1 to 20000 (default 20)
  --cps N       clicks a second of each, around which their fingers vary, 0.1 to 200 (default 8)
  --url LIST    address of a gateway, or several with commas, over which the players are spread
                in turn (default ws://localhost:8080)
  --minutes N   stop after so many minutes; parts of a minute are fine
  --matches N   stop once so many matches have begun
  --seed N      the same whole number makes the same fingers (default: a new one, told at the end)
  --help        this text

Without --minutes and --matches it plays until Ctrl-C. Running matches are played to their end;
Ctrl-C once more ends at once. The exit code is 1 if a promise of the game was seen broken.
`;

const number = ({ least, most, whole = false }: { least: number; most: number; whole?: boolean }) =>
  z.pipe(
    z.string(),
    z.transform((text, context) => {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
      const kind = whole ? 'whole number' : 'number';
      context.issues.push({
        code: 'custom',
        message: `must be a ${kind} from ${least} to ${most}, got "${text}"`,
        input: text,
      });
      return value;
    }),
  );

const Urls = z.pipe(
  z.string(),
  z.transform((list, context) =>
    list.split(',').map((text) => {
      const address = text.trim().replace(/\/+$/, '');
      const ws = address.replace(/^http(s?):/, 'ws$1:');
      if (/^wss?:\/\/[^/?#]+$/.test(ws) && URL.canParse(ws)) return ws;
      context.issues.push({
        code: 'custom',
        message: `must be addresses like ws://localhost:8080 or https://play.example.org, got "${text}"`,
        input: list,
      });
      return ws;
    }),
  ),
);

const Options = z.object({
  players: z._default(number({ least: 1, most: 20_000, whole: true }), 20),
  cps: z._default(number({ least: 0.1, most: 200 }), 8),
  url: z._default(Urls, ['ws://localhost:8080']),
  minutes: z.optional(number({ least: 0.01, most: 1_440 })),
  matches: z.optional(number({ least: 1, most: 1_000_000_000, whole: true })),
  seed: z.optional(number({ least: 0, most: 2 ** 32 - 1, whole: true })),
});

/** What the command line asks for. `url` are WebSocket addresses without a path. */
export type Options = z.output<typeof Options>;

/** The command line is wrong; the message is one line that says what would be right. */
export class OptionsError extends Error {
  override name = 'OptionsError';
}

/**
 * Reads the command line.
 *
 * @returns 'help' when that was asked for
 * @throws OptionsError
 */
export function readOptions(args: string[]): Options | 'help' {
  const text = { type: 'string' } as const;
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        players: text,
        cps: text,
        url: text,
        minutes: text,
        matches: text,
        seed: text,
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch (error) {
    // Node's messages may go on with advice in further sentences and lines.
    const [line] = (error as Error).message.split('\n');
    throw new OptionsError(`${line} (--help tells the options)`);
  }
  if (values.help) return 'help';
  const options = Options.safeParse(values);
  if (!options.success) throw new OptionsError(`--${issueText(options.error)}`);
  return options.data;
}
