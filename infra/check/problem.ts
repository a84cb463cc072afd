/** Something wrong in Terraform's files. */
export class Problem extends Error {
  readonly file: string;
  readonly address: string;
  readonly what: string;

  /**
   * @param file relative to infra/
   * @param address as Terraform writes it, as in `aws_kms_key.this`
   * @param what is wrong and what would be right
   */
  constructor(file: string, address: string, what: string) {
    super(`infra/${file}: ${address}: ${what}`);
    this.file = file;
    this.address = address;
    this.what = what;
  }
}

/** `, did you mean …?` when one of the names is like this one; else nothing. */
export function suggestion(name: string, known: Iterable<string>): string {
  let best: string | undefined;
  let fewest = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const each of known) {
    // Cut short, gone on with, or with a word before it.
    const isPart = each.startsWith(name) || name.startsWith(each) || name.endsWith(`_${each}`);
    const edits = Math.min(distance(name, each), isPart ? 2 : Number.POSITIVE_INFINITY);
    if (edits < fewest) [best, fewest] = [each, edits];
  }
  return best === undefined ? '' : `, did you mean "${best}"?`;
}

/** How many letters have to be put in, left out or exchanged. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchanged = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
