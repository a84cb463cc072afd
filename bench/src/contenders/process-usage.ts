/** What the operating system says of processes. Linux only. */
import { readFile } from 'node:fs/promises';

/** `USER_HZ`, in which `/proc` counts: the same on every architecture that Node runs on. */
const ticksPerSecond = 100;

/** How much of a processor they have used since their start, all threads together, in seconds. */
export async function cpuSeconds(pids: number[]): Promise<number> {
  const each = await Promise.all(
    pids.map(async (pid) => {
      // The second field is the program's name in brackets, which may hold blanks: counted is from behind it.
      const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
      return Number(fields[11]) + Number(fields[12]);
    }),
  );
  return sum(each) / ticksPerSecond;
}

/** How much memory they have that is in use (RSS), all together, in kB. */
export async function residentKb(pids: number[]): Promise<number> {
  const each = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
      return Number(text.match(/^Rss: +(\d+) kB$/m)?.[1]);
    }),
  );
  return sum(each);
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
