import type { Logger } from './log.ts';

/** A node that refuses writes is left for what may be another by now once in so many ms. */
const leaveEveryMs = 1_000;

/**
 * Tells when to connect again because of what a node answers: a primary that has become a replica keeps its connections
 * open and refuses every write for good. Not at every refusal: as long as the address leads to the same node, each of
 * thousands of clicks would break the connection.
 *
 * @param node its address, for the log
 */
export function leavesReadOnly(node: string, log: Logger): (error: Error) => boolean {
  let leftAt = Number.NEGATIVE_INFINITY;
  return ({ message }) => {
    const now = performance.now();
    if (!message.startsWith('READONLY') || now - leftAt < leaveEveryMs) return false;
    leftAt = now;
    log.warn({ valkey: node, reason: message }, 'valkey takes no writes, connecting again');
    return true;
  };
}
