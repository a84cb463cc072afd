type Attributes = Record<string, string | number>;

/** An element of SVG, with other elements or text in it. Text is taken as it is meant: `<` is a less-than sign. */
export function element(name: string, attributes: Attributes, ...children: (Markup | string)[]): Markup {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(rounded(value))}"`);
  const inside = children.map((child) => (child instanceof Markup ? child.text : escaped(child))).join('');
  return new Markup(`<${name}${list.join('')}${inside ? `>${inside}</${name}>` : '/>'}`);
}

/** Text that is SVG already. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A line through these points; `style` are further attributes. */
export function polyline(points: readonly (readonly [number, number])[], style: Attributes): Markup {
  const path = points.map(([x, y]) => `${rounded(x)},${rounded(y)}`).join(' ');
  return element('polyline', { points: path, fill: 'none', ...style });
}

/** A tenth of a pixel is as fine as anybody can see. */
const rounded = (value: string | number) =>
  typeof value === 'number' ? String(Math.round(value * 10) / 10) : value;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
