/** Where things are on the page, measured as seldom as can be: a click must not wait for the layout. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Spot } from './motion.ts';

export const middle: Spot = { x: 50, y: 50 };

/** A place on the page, in per cent of the box. */
export const spotIn = (box: DOMRect, { x, y }: Spot): Spot => ({
  x: (100 * (x - box.left)) / box.width,
  y: (100 * (y - box.top)) / box.height,
});

/**
 * Where the elements are, measured again only after the window or the last of them has changed its size.
 * @returns undefined for an element that is not there
 */
export function useBoxes(...elements: RefObject<HTMLElement | null>[]): () => (DOMRect | undefined)[] {
  const boxes = useRef<(DOMRect | undefined)[]>(undefined);
  useEffect(() => {
    const forget = () => {
      boxes.current = undefined;
    };
    const observer = new ResizeObserver(forget);
    const last = elements.at(-1)?.current;
    if (last) observer.observe(last);
    addEventListener('resize', forget);
    return () => {
      observer.disconnect();
      removeEventListener('resize', forget);
    };
  }, []);
  return () => {
    boxes.current ??= elements.map(({ current }) => current?.getBoundingClientRect());
    return boxes.current;
  };
}
