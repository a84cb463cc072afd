import { issueText } from '@overcookied/shared/issue-text.ts';
import {
  ClientFrame,
  clientFrameTypes,
  type ErrorCode,
  highestSeq,
  mostClicks,
} from '@overcookied/shared/protocol.ts';
import * as z from 'zod/mini';

const Typed = z.object({ type: z.string() });

/** A frame that cannot be understood, and why. */
export interface BadFrame {
  code: ErrorCode;
  message: string;
}

/**
 * Reads what a client sent.
 *
 * @param data text, or bytes if the client sent a binary frame
 */
export function parseFrame(data: unknown): { frame: ClientFrame } | { bad: BadFrame } {
  if (typeof data !== 'string') return bad('bad_frame', 'frames must be text, not binary');
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return bad('bad_frame', 'frames must be JSON like {"type":"PING","payload":{}}');
  }
  const click = clickOf(json);
  if (click) return { frame: click };
  const frame = ClientFrame.safeParse(json);
  if (frame.success) return { frame: frame.data };
  const typed = Typed.safeParse(json);
  if (!typed.success)
    return bad('bad_frame', 'frames must be objects with a type, like {"type":"PING","payload":{}}');
  if (!clientFrameTypes.includes(typed.data.type)) {
    return bad('unknown_type', `type must be one of ${clientFrameTypes.join(', ')}`);
  }
  return bad('bad_payload', `${typed.data.type}: ${issueText(frame.error)}`);
}

const bad = (code: ErrorCode, message: string) => ({ bad: { code, message } });

/**
 * A numbered click as `ClientFrame` understands it; undefined for everything else. Nearly all frames are such clicks,
 * thousands a second: the schema takes three times as long to look at one.
 */
function clickOf(json: unknown): ClientFrame | undefined {
  const { type, payload } = (json ?? {}) as { type?: unknown; payload?: { count?: unknown; seq?: unknown } };
  if (type !== 'CLICK' || !payload) return undefined;
  const { count, seq } = payload;
  return isNumber(count, 1, mostClicks) && isNumber(seq, count, highestSeq)
    ? { type, payload: { count, seq } }
    : undefined;
}

const isNumber = (value: unknown, least: number, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
