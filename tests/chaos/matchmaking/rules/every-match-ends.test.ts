import { describe, expect, test } from 'vitest';
import { joined, played, wrong } from '../tales.ts';

describe('every match ends, and whoever is connected is told how', () => {
  test('in Valkey', () => {
    const on = played();
    Object.assign(on.game('R'), { phase: 'on' });
    expect(wrong(on)).toContain('R is still on in the end');
    const gone = played();
    delete gone.records.games.R;
    expect(wrong(gone)).toContain('R is not in Valkey');
    const strange = played();
    strange.game('R').winner = 'cy';
    expect(wrong(strange)).toContain('R was won by cy, who was not in it');
  });

  test('as told', () => {
    const maker = played();
    const over = maker.events.find((event) => event.kind === 'told' && event.type === 'GAME_OVER');
    if (over?.kind !== 'told') throw new Error('nobody was told');
    over.payload.p2Score = 4;
    expect(wrong(maker)).toEqual(['R ended 5:3, won by ada: not as told']);
    over.payload = { ...over.payload, p2Score: 3, winner: 'bo' };
    expect(wrong(maker)).toEqual(['R ended 5:3, won by ada: not as told']);
  });

  test('to whoever is there long enough', () => {
    const silent = (openUntil: number) =>
      joined()
        .match(200, 'R', 'ada', 'bo', { told: ['ada'] })
        .close(openUntil, 'bo');
    expect(wrong(silent(60_000))).toContain('bo, on connection 1, is not told that R is over');
    expect(wrong(silent(5_200))).toContain('bo, on connection 1, is not told that R is over');
    expect(wrong(silent(5_000))).toEqual([]);
    // A matchmaker that was to tell died: there is time for another to make up for it.
    expect(wrong(silent(5_200).fault(1_500, 'killed'))).toEqual([]);
    expect(wrong(silent(5_200).fault(1_500, 'killed', 'game-ticker 1'))).not.toEqual([]);
  });

  test('and nobody is told that it was lost', () => {
    expect(wrong(played().tell(2_000, 'ada', 'ERROR', { code: 'match_lost' }))).toEqual([
      'ada is told of a match that was lost',
    ]);
    expect(wrong(played().tell(2_000, 'ada', 'ERROR', { code: 'not_in_match' }))).toEqual([]);
  });
});
