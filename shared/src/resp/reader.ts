import { isAscii } from 'node:buffer';

/** What Valkey has refused, and why: its message begins with a word such as `MOVED` or `NOSCRIPT`. */
export class ReplyError extends Error {
  override name = 'ReplyError';
}

/** What came is not what a Valkey would say: there is no telling what the rest means. */
export class ProtocolError extends Error {
  override name = 'ProtocolError';
}

/** A value of RESP3; maps and sets are arrays, a map's keys and values in turn. */
export type Reply = string | number | boolean | null | ReplyError | Reply[];

interface Receivers {
  /** The answer to the oldest command that has none yet. */
  reply(value: Reply): void;
  /** What nobody asked for, as what a channel carried: its kind comes first. */
  push(parts: Reply[]): void;
}

/** The most that is kept of a reply that has not come whole, in characters: what is asked for here has some kB. */
const mostUnread = 16 * 1024 * 1024;

const code = (sign: string) => sign.charCodeAt(0);
const signs = {
  simple: code('+'),
  error: code('-'),
  integer: code(':'),
  bulk: code('$'),
  array: code('*'),
  push: code('>'),
  set: code('~'),
  map: code('%'),
  null: code('_'),
  boolean: code('#'),
  double: code(','),
};
const [cr, minus, zero, true_] = [code('\r'), code('-'), code('0'), code('t')];

/**
 * Reads RESP3 (https://valkey.io/topics/protocol/) as it comes from a socket, in pieces; without the kinds that nothing asked here
 * is answered by: verbatim strings, big numbers, attributes, and what is streamed.
 *
 * It takes a piece for text at once, a character a byte, and cuts values out of that: thousands of events a second come by it.
 */
export class RespReader {
  readonly #receivers: Receivers;
  #text = '';
  #at = 0;
  /** Whether a character is the byte that it stands for. */
  #isAscii = true;

  constructor(receivers: Receivers) {
    this.#receivers = receivers;
  }

  /** @throws ProtocolError when it is not RESP3, or a reply is larger than any that is asked for */
  read(piece: Buffer): void {
    const isFresh = this.#text.length === 0;
    this.#text = isFresh ? piece.toString('latin1') : this.#text + piece.toString('latin1');
    this.#isAscii = (isFresh || this.#isAscii) && isAscii(piece);
    this.#at = 0;
    while (this.#at < this.#text.length) {
      const start = this.#at;
      const isPush = this.#text.charCodeAt(start) === signs.push;
      const value = this.#value();
      if (value === undefined) {
        this.#keep(start);
        return;
      }
      if (isPush) this.#receivers.push(value as Reply[]);
      else this.#receivers.reply(value);
    }
    this.#text = '';
  }

  /** The rest of a value comes later: it is read from its start then. */
  #keep(start: number): void {
    this.#text = this.#text.slice(start);
    if (this.#text.length > mostUnread) throw new ProtocolError(`a reply has more than ${mostUnread} bytes`);
  }

  /** @returns undefined when it has not come whole */
  #value(): Reply | undefined {
    const sign = this.#text.charCodeAt(this.#at++);
    switch (sign) {
      case signs.bulk:
        return this.#bulk();
      case signs.integer:
        return this.#integer();
      case signs.push:
      case signs.array:
      case signs.set:
        return this.#array(1);
      case signs.map:
        return this.#array(2);
    }
    const line = this.#line();
    if (line === undefined) return undefined;
    switch (sign) {
      case signs.simple:
        return line;
      case signs.error:
        return new ReplyError(line);
      case signs.null:
        return null;
      case signs.boolean:
        return line.charCodeAt(0) === true_;
      case signs.double:
        return Number(line);
    }
    throw new ProtocolError(`a reply begins with ${JSON.stringify(String.fromCharCode(sign))}`);
  }

  #bulk(): string | null | undefined {
    const length = this.#integer();
    if (length === undefined) return undefined;
    // RESP2's way to say null, which scripts' replies still have.
    if (length < 0) return null;
    const end = this.#at + length;
    if (this.#text.length < end + 2) return undefined;
    const value = this.#decoded(this.#text.slice(this.#at, end));
    this.#at = end + 2;
    return value;
  }

  #array(valuesEach: number): Reply[] | null | undefined {
    const length = this.#integer();
    if (length === undefined) return undefined;
    if (length < 0) return null;
    const values: Reply[] = [];
    for (let left = length * valuesEach; left > 0; left--) {
      if (this.#at >= this.#text.length) return undefined;
      const value = this.#value();
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values;
  }

  #integer(): number | undefined {
    const text = this.#text;
    let at = this.#at;
    const isNegative = text.charCodeAt(at) === minus;
    if (isNegative) at++;
    let value = 0;
    for (; at < text.length; at++) {
      const sign = text.charCodeAt(at);
      if (sign === cr) {
        if (at + 1 >= text.length) return undefined;
        this.#at = at + 2;
        return isNegative ? -value : value;
      }
      const digit = sign - zero;
      if (digit < 0 || digit > 9) throw new ProtocolError('a reply has a number that is none');
      value = value * 10 + digit;
    }
    return undefined;
  }

  #line(): string | undefined {
    const end = this.#text.indexOf('\r\n', this.#at);
    if (end < 0) return undefined;
    const line = this.#decoded(this.#text.slice(this.#at, end));
    this.#at = end + 2;
    return line;
  }

  #decoded(bytes: string): string {
    return this.#isAscii ? bytes : Buffer.from(bytes, 'latin1').toString();
  }
}
