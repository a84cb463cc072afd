/** What is wrong with the connection, if anything. */
import type { Status } from '@overcookied/client/connection.ts';
import { closeCode } from '@overcookied/shared/protocol.ts';
import type { Texts } from '../texts/texts.ts';

/** Passes by itself. */
export type PassingTrouble = Exclude<keyof Texts['trouble']['passing'], 'back'>;
/** Waits for the player to use its button. */
export type FinalTrouble = keyof Texts['trouble']['final'];
export type Trouble = { passing: PassingTrouble } | { final: FinalTrouble };

const byCode: Readonly<Record<number, FinalTrouble>> = {
  [closeCode.takenOver]: 'takenOver',
  [closeCode.unauthorized]: 'unauthorized',
  [closeCode.slowConsumer]: 'tooSlow',
  [closeCode.tooManyConnections]: 'tooMany',
  [closeCode.policyViolation]: 'garbled',
  [closeCode.tooBig]: 'garbled',
};

/**
 * @param status undefined while nobody is signed in
 * @param online whether the browser has a network at all
 */
export function troubleOf(status: Status | undefined, online: boolean): Trouble | undefined {
  if (status?.state === 'closed') return { final: byCode[status.code] ?? 'refused' };
  if (status?.state !== 'reconnecting') return undefined;
  if (!online) return { passing: 'offline' };
  return { passing: status.code === closeCode.serviceRestart ? 'moving' : 'reconnecting' };
}
