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

/** With commas between thousands, as in `12,345` or `0.25`. */
export const figure = (value: number, decimals = 0): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** As in `12.34 %`, rounded to the nearest. */
export const percent = (part: number, whole: number, decimals = 2): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(decimals)} %`;

/** Milliseconds, with as many decimals as are worth reading. */
export const ms = (value: number): string => figure(value, value < 10 ? 2 : value < 100 ? 1 : 0);
