/** What a player may do next. */
type Action =
  | 'nothing'
  | 'join'
  /** Several times in a row, as may happen just while they are paired. */
  | 'hurry'
  /** Joins by a code that is told to others. */
  | 'code'
  /** Joins by the code that the player had last, which may have been used up. */
  | 'oldCode'
  | 'rematch'
  | 'leave'
  | 'click'
  | 'quit'
  /** Closes the socket, and comes back a little later. */
  | 'close'
  /** Connects once more, while connected. */
  | 'takeOver';

/** How likely each is in which situation. */
export const likely: Record<'idle' | 'waiting' | 'playing', Partial<Record<Action, number>>> = {
  idle: { join: 35, hurry: 15, code: 14, oldCode: 4, rematch: 22, close: 5, takeOver: 5 },
  waiting: { nothing: 50, leave: 12, hurry: 6, join: 6, code: 6, close: 9, takeOver: 7, rematch: 4 },
  playing: { click: 76, quit: 8, close: 9, takeOver: 5, join: 2 },
};
