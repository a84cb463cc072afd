/** Cuts text to a width, between what a reader takes for letters: an accent or half an emoji is not left behind. */
const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The text, or as much of its beginning as fits with an ellipsis after it.
 * @param measure how wide a text is, in the unit of `width`
 */
export function fitText(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text;
  const parts = Array.from(letters.segment(text), ({ segment }) => segment);
  let end = parts.length;
  let cut: string;
  do {
    end--;
    cut = `${parts.slice(0, end).join('').trimEnd()}…`;
  } while (end > 0 && measure(cut) > width);
  return cut;
}

/** The same, for text in the page's boldest type, in pixels. */
export function fitBold(text: string, fontSize: number, width: number): string {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return text;
  context.font = `900 ${fontSize}px ${getComputedStyle(document.body).fontFamily}`;
  return fitText(text, width, (part) => context.measureText(part).width);
}
