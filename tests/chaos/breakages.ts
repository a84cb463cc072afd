/** A part of a file that is replaced by another; it must be there exactly once. */
export interface Edit {
  file: string;
  find: string;
  replace: string;
}

/** A way to break the services on purpose. */
export interface Breakage {
  name: string;
  edits: Edit[];
}

/** Each takes one thing away on which a promise rests; the run is to notice it. */
export const breakages: Breakage[] = [
  {
    name: 'no-seq-check',
    edits: [
      {
        file: 'shared/src/match/click.lua',
        find: 'fresh = math.max(0, last - math.max(first - 1, ack))',
        replace: 'fresh = last - first + 1',
      },
    ],
  },
];
