/** What is wrong with the connection, if anything, and what the player can do about it. */
import type { Status } from '@overcookied/client/connection.ts';
import { closeCode } from '@overcookied/shared/protocol.ts';

/** `reconnecting` passes by itself; each of the others waits for its button. */
export type Trouble = 'reconnecting' | 'takenOver' | 'unauthorized' | 'tooSlow' | 'tooMany' | 'refused';

const byCode: Readonly<Record<number, Trouble>> = {
  [closeCode.takenOver]: 'takenOver',
  [closeCode.unauthorized]: 'unauthorized',
  [closeCode.slowConsumer]: 'tooSlow',
  [closeCode.tooManyConnections]: 'tooMany',
};

/** @param status undefined while nobody is signed in */
export function troubleOf(status: Status | undefined): Trouble | undefined {
  if (status?.state === 'reconnecting') return 'reconnecting';
  return status?.state === 'closed' ? (byCode[status.code] ?? 'refused') : undefined;
}
