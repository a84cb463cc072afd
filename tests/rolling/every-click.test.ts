import { expect, test } from 'vitest';
import { Evidence } from '../chaos/evidence.ts';
import { type HistoryMaker, played } from '../chaos/history-maker.ts';
import { everyClick } from './every-click.ts';

const wrong = ({ history }: HistoryMaker) => everyClick(new Evidence(history)).map(({ what }) => what);

/** Bo clicks ten times from 2,050 ms on, every 100 ms, in a match that ends at 10,000; moved at 2,600. */
const moved = () => played().close(2_600, 'bo', 1_012).connect(2_700, 'bo').resume(2_720, 'bo', 'R', 6);

test('nothing is wrong with players who are moved and lose nothing', () => {
  expect(wrong(moved())).toEqual([]);
});

test('a click that was made while there was no connection counts', () => {
  const maker = moved();
  maker.hash('R').p2Holes = '7-7';
  expect(wrong(maker)).toEqual(["bo's click 7, made 7350 ms before the end, does not count"]);
});

test('and so does one on a connection that was closed', () => {
  const maker = moved();
  maker.hash('R').p2Holes = '3-3';
  expect(wrong(maker)).toEqual(["bo's click 3, made 7750 ms before the end, does not count"]);
});

test('but for those so late that they could not be sent again, or while the machine was too busy', () => {
  const late = moved();
  late.sitting('bo', 'R').pages[0]?.made.push(7_500);
  expect(wrong(late)).toEqual([]);
  const busy = moved().fault('machine', 'pause', 2_650, 8_000);
  busy.hash('R').p2Holes = '7-7';
  expect(wrong(busy)).toEqual([]);
});

test('clicks without numbers count as often as they were sent', () => {
  const original = (counted: number, code = 1_012) => {
    const maker = moved().close(2_600, 'bo', 1_000);
    Object.assign(maker.connections('bo')[0] ?? {}, { closedAt: 2_600, code });
    Object.assign(maker.hash('R'), { p2Ack: '0', p2Counted: String(counted), p2Score: String(counted) });
    const bo = maker.sitting('bo', 'R');
    bo.acks = [];
    // The first six by the old connection; the next before the new one was there, then by that.
    Object.assign(bo.pages[0] ?? {}, { base: -1, on: [1, 1, 1, 1, 1, 1, 0, 2, 2, 2] });
    Object.assign(maker.connections('bo')[1] ?? {}, { closedAt: Number.POSITIVE_INFINITY, code: 0 });
    return wrong(maker);
  };
  // The first is too near to the start to be sure of, and one was never sent.
  expect(original(8)).toEqual([]);
  expect(original(7)).toEqual(['bo sent 8 clicks in time, and 7 are counted']);
  // A connection that broke may have taken some with it.
  expect(original(3, 1_006)).toEqual([]);
});
