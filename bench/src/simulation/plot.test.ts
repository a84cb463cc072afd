import { expect, test } from 'vitest';
import { draw, logarithmic, transformed } from './plot.ts';
import { element, polyline } from './svg.ts';

test('scales', () => {
  const log = logarithmic(10, 1_000);
  expect([0, 10, 100, 1_000, 5_000].map(log)).toEqual([0, 0, expect.closeTo(0.5), 1, 1]);
  const square = transformed(0, 10, (value) => value ** 2);
  expect([0, 5, 10, 11].map(square)).toEqual([0, 0.25, 1, 1]);
});

test('elements', () => {
  expect(element('text', { x: 1.26, class: '"' }, 'a < b & c').text).toBe(
    '<text x="1.3" class="&quot;">a &lt; b &amp; c</text>',
  );
  expect(element('g', {}, element('rect', { width: 2 })).text).toBe('<g><rect width="2"/></g>');
  const line = polyline(
    [
      [0, 0],
      [1, 2.345],
    ],
    { stroke: 'red' },
  );
  expect(line.text).toBe('<polyline points="0,0 1,2.3" fill="none" stroke="red"/>');
});

test('a sheet has a white ground, a line for each series in each plot, and stays within itself', () => {
  const lines = [
    { name: 'median', colour: '#000', points: [[1, 10] as [number, number], [2, 1e9] as [number, number]] },
    { name: 'max', colour: '#111', points: [[1, 10] as [number, number], [2, 100] as [number, number]] },
  ];
  const axis = { scale: logarithmic(1, 100), ticks: [{ at: 10, label: 'ten' }] };
  const svg = draw({
    title: 'Title',
    columns: ['one', 'two'],
    x: { ...axis, title: 'x' },
    rows: [{ title: 'row', y: axis, mark: { at: 50, label: 'mark', labelIn: 1 }, plots: [lines, lines] }],
  });
  expect(svg).toContain('fill="#ffffff"');
  // Two lines in each of two plots, and two in the legend.
  expect(svg.match(/<polyline/g)).toHaveLength(6);
  expect(svg.match(/>mark</g)).toHaveLength(1);
  const [, width = 0, height = 0] = (svg.match(/viewBox="0 0 (\d+) (\d+)"/) ?? []).map(Number);
  for (const [, points] of svg.matchAll(/points="([^"]+)"/g)) {
    for (const point of points?.split(' ') ?? []) {
      const [x = -1, y = -1] = point.split(',').map(Number);
      expect(x >= 0 && x <= width && y >= 0 && y <= height).toBe(true);
    }
  }
});
