/** A WebSocket with the gateway's end of it in a test's hand, so that minutes of a bot's life pass at once. */
export class FakeSocket extends EventTarget {
  static latest: FakeSocket;
  static readonly OPEN = 1;
  readyState = 0;
  readonly url: string;
  acknowledges = true;
  readonly sent: { type: string; payload: Record<string, unknown> }[] = [];

  constructor(url: string) {
    super();
    this.url = url;
    FakeSocket.latest = this;
  }

  send(text: string): void {
    const frame = JSON.parse(text);
    this.sent.push(frame);
    if (frame.type === 'PING') this.say('PONG', { ...frame.payload, now: Date.now() });
    // What is not acknowledged would be sent again.
    if (frame.type === 'CLICK' && this.acknowledges) this.say('UPDATE', { ack: frame.payload.seq });
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = FakeSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  say(type: string, payload: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify({ type, payload }) }));
  }

  sendAway(code: number): void {
    this.readyState = 3;
    this.dispatchEvent(new CloseEvent('close', { code, reason: 'because' }));
  }

  all(type: string) {
    return this.sent.filter((frame) => frame.type === type);
  }
}
