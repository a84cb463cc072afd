import { describe, expect, it } from 'vitest';
import { flightOfOpponent, flightOfOwn, squashAt } from './motion.ts';

/** Where each step is, without how big it is. */
const places = (keyframes: Keyframe[]) =>
  keyframes.map(({ transform }) => String(transform).replace(/ scale\(.*/, ''));

describe('motion', () => {
  it('tilts the cookie to where it is pressed', () => {
    const [[pressed]] = squashAt({ x: 100, y: 50 }, false);
    expect(pressed?.transform).toContain('rotateX(0deg) rotateY(14');
  });

  it('brings the opponent’s clicks in from the right', () => {
    const [keyframes] = flightOfOpponent(false, 'right', () => 0.5);
    expect(places(keyframes)[0]).toMatch(/^translate\(101cqw/);
    expect(places(keyframes).at(-1)).toMatch(/^translate\(55cqw, 50cqh/);
  });

  it('brings those of the left side in from the left', () => {
    const [keyframes] = flightOfOpponent(false, 'left', () => 0.5);
    expect(places(keyframes)[0]).toMatch(/^translate\(-1cqw/);
    expect(places(keyframes).at(-1)).toMatch(/^translate\(45cqw, 50cqh/);
  });

  it('lets own clicks rise from where they were made', () => {
    const [keyframes] = flightOfOwn({ x: 40, y: 60 }, false, () => 0.5);
    expect(places(keyframes)[0]).toMatch(/^translate\(40cqw, 60cqh/);
    expect(places(keyframes).at(-1)).toMatch(/^translate\(40cqw, 34cqh/);
  });

  it.each([
    ['own', flightOfOwn({ x: 1, y: 2 }, true)],
    ['the opponent’s', flightOfOpponent(true)],
  ])('only fades %s clicks for players who want less motion', (_, [keyframes]) => {
    expect(new Set(places(keyframes)).size).toBe(1);
  });
});
