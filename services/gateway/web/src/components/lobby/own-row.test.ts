import { describe, expect, it } from 'vitest';
import { ownRow } from './own-row.ts';

const baker = (name: string, score: number) => ({ name, picture: '', score });
const bakers = [baker('Theo', 9), baker('Mia', 7), baker('Ada', 5)];

describe('the own row of a leaderboard', () => {
  it('is where the place, the name and the score agree', () => {
    expect(ownRow(bakers, { place: 2, score: 7, players: 3 }, 'Mia')).toBe(1);
  });

  it.each([
    ['somebody else has taken the place', { place: 1, score: 7, players: 3 }, 'Mia'],
    ['somebody of the same name has it', { place: 2, score: 6, players: 3 }, 'Mia'],
    ['the place is below the rows', { place: 12, score: 1, players: 12 }, 'Mia'],
    ['there is no place', { players: 3 }, 'Mia'],
    ['it is not known yet', undefined, 'Mia'],
  ])('is none of them when %s', (_, own, name) => {
    expect(ownRow(bakers, own, name)).toBe(-1);
  });
});
