/** Which answers are due to what a client sends, from docs/protocol.md and RFC 6455 alone. */
import type { Item } from '../arbitraries/items.ts';
import type { End, Received } from '../wire/client.ts';
import { type Meaning, meaningOf, type RequestType } from './meaning.ts';

/** The twentieth bad frame closes the socket. */
const mostBad = 20;

export type Request = Extract<Meaning, { kind: 'request' }>;
/** Whoever leaves the queue is told nothing. */
type Answered = Exclude<RequestType, 'LEAVE_QUEUE'>;

/** What is answered at once, in the order in which it was asked. */
type Due =
  | { kind: 'error'; code: string }
  | { kind: 'pong'; t: number | undefined }
  | { kind: 'control'; text: string };

const badCodes = new Set(['bad_frame', 'unknown_type', 'bad_payload']);

/** The same refusal is told at most once in so many ms. */
const refusalEveryMs = 1_000;

interface Possible {
  /** Types of frames, each with the field that makes it an answer. */
  frames: Record<string, string | undefined>;
  /** Codes of refusals. */
  codes: string[];
}

const inMatch = { GAME_OVER: 'winner' };
const joined = { QUEUED: 'since', GAME_START: 'roomId' };

/** By what each request may be answered, whatever the state. */
const answersTo: Record<Answered, Possible> = {
  JOIN_QUEUE: { frames: joined, codes: ['already_in_match', 'no_practice', 'code_used', 'code_expired'] },
  REMATCH: { frames: joined, codes: ['already_in_match', 'no_rematch'] },
  CLICK: {
    frames: { UPDATE: 'ack', ...inMatch },
    codes: ['not_in_match', 'not_started', 'match_over', 'too_fast', 'too_many_gaps', 'seq_jump'],
  },
  COOKIE_CLICK: {
    frames: { UPDATE: 'goldenCookieClaimedBy', ...inMatch },
    codes: ['not_in_match', 'not_started', 'match_over', 'no_golden_cookie'],
  },
  QUIT_GAME: { frames: inMatch, codes: ['not_in_match', 'match_over'] },
};
for (const { codes } of Object.values(answersTo)) codes.push('busy', 'unavailable');

/** How a connection may end; 1006 is one that just ends. */
const endings = {
  'too many bad frames': [1008],
  'a frame of more than 512 bytes': [1009],
  'what RFC 6455 forbids': [1002, 1006, 1007, 1009],
  'the client said goodbye': [1000, 1005, 1006],
};
type Ending = keyof typeof endings;

/** Keeps account of what one client sends, and judges what comes back. */
export class Answers {
  /** How many things were sent until the connection was to end. */
  sent = 0;
  /** How many answers came that were due at once. */
  answered = 0;
  /** What came that should not have, or did not come as it should. */
  problem: string | undefined;
  readonly #due: Due[] = [];
  readonly #asked = new Set<Answered>();
  /** When each refusal was told last, in ms by `performance.now()`. */
  readonly #toldAt = new Map<string, number>();
  #bad = 0;
  #ending: Ending | undefined;
  /** From here on nobody can say what the bytes mean. */
  #isLost = false;
  #end: End | undefined;

  /** Whether nothing that follows is due an answer. */
  get isOver(): boolean {
    return this.#ending !== undefined || this.#isLost;
  }

  /** What is still owed; undefined when everything has been answered. */
  get missing(): string | undefined {
    // The last of too many may be answered by the end alone.
    const wanted = this.#due.length - (this.#ending === 'too many bad frames' ? 1 : 0);
    if (this.answered < wanted) return `an answer to ${text(this.#due[this.answered])}`;
    if (this.#ending && !this.#end) return `the end of the connection for ${this.#ending}`;
    const [unanswered] = this.#asked;
    return this.isOver || !unanswered ? undefined : `any answer to ${unanswered}`;
  }

  /** The client sends this. @returns what it asks for, if it is a request */
  send(item: Item): Request | undefined {
    if (this.isOver) return undefined;
    this.sent++;
    switch (item.kind) {
      case 'fragments':
        if (item.ping && item.cuts.length > 0) this.#due.push({ kind: 'control', text: '' });
        return this.#text(item.text);
      case 'text':
        return this.#text(item.text);
      case 'binary':
        this.#isBad('bad_frame');
        return undefined;
      case 'ping':
        this.#due.push({ kind: 'control', text: Buffer.from(item.hex, 'hex').toString('latin1') });
        return undefined;
      case 'pong':
        return undefined;
      case 'too long':
        this.#ending = 'a frame of more than 512 bytes';
        return undefined;
      case 'forbidden':
        this.#ending = 'what RFC 6455 forbids';
        return undefined;
      case 'close':
        this.#ending = 'the client said goodbye';
        return undefined;
      case 'garbage':
        this.#isLost = true;
        return undefined;
    }
  }

  /** This came. */
  receive(received: Received): void {
    if (received.kind === 'frame') this.#answer(received);
    if (!isAtOnce(received)) return;
    const due = this.#due[this.answered];
    // What garbage says nobody knows, and so nobody knows what answers it.
    if (!due && this.#isLost) return;
    if (due && answers(received, due)) this.answered++;
    else
      this.problem ??= `${text(received)} came instead of ${due ? `an answer to ${text(due)}` : 'nothing'}`;
  }

  /** The gateway has ended the connection. */
  ended(end: End): void {
    this.#end = end;
    const how = `the connection was closed with ${end.code} "${end.reason}"`;
    if (!this.isOver) this.problem ??= `${how} for nothing`;
    else if (this.#ending && !endings[this.#ending].includes(end.code)) {
      this.problem ??= `${how} for ${this.#ending}`;
    }
  }

  #text(sent: string): Request | undefined {
    // What cannot be written in UTF-8 arrives as U+FFFD.
    const meaning = meaningOf(sent.toWellFormed());
    if (meaning.kind === 'bad') {
      this.#isBad(meaning.code);
      return undefined;
    }
    if (meaning.kind === 'ping') {
      this.#due.push({ kind: 'pong', t: meaning.t });
      return undefined;
    }
    if (meaning.type !== 'LEAVE_QUEUE') this.#ask(meaning.type);
    return meaning;
  }

  #ask(type: Answered): void {
    const now = performance.now();
    // Then it may be refused without a word.
    if (
      answersTo[type].codes.some((code) => now - (this.#toldAt.get(code) ?? -refusalEveryMs) < refusalEveryMs)
    )
      return;
    this.#asked.add(type);
  }

  #answer({ type, payload }: Extract<Received, { kind: 'frame' }>): void {
    const refusal = type === 'ERROR' ? payload.code : undefined;
    if (refusal) this.#toldAt.set(refusal, performance.now());
    for (const asked of this.#asked) {
      const { frames, codes } = answersTo[asked];
      const field = frames[type];
      if (codes.includes(refusal) || (field && payload[field] !== undefined)) this.#asked.delete(asked);
    }
  }

  #isBad(code: string): void {
    this.#due.push({ kind: 'error', code });
    if (++this.#bad === mostBad) this.#ending = 'too many bad frames';
  }
}

function isAtOnce(received: Received): boolean {
  if (received.kind === 'pong') return true;
  return received.type === 'PONG' || (received.type === 'ERROR' && badCodes.has(received.payload.code));
}

function answers(received: Received, due: Due): boolean {
  if (received.kind === 'pong') return due.kind === 'control' && received.text === due.text;
  if (received.type === 'ERROR')
    return due.kind === 'error' && received.payload.code === due.code && received.payload.message;
  // Zero has no sign in JSON's numbers as JavaScript writes them.
  return due.kind === 'pong' && received.payload.t === due.t && Number.isInteger(received.payload.now);
}

const text = (value: unknown): string => JSON.stringify(value)?.slice(0, 200) ?? 'nothing';
