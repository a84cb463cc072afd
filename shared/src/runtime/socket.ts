/** One client's WebSocket, as each runtime has it. */
export interface RawSocket {
  readonly isOpen: boolean;
  /** Bytes that were sent and that the system has not taken yet, because the client does not read them. */
  readonly bufferedAmount: number;
  /** Sends text frames, all in one write; does nothing once the socket closes. */
  sendTexts(...texts: string[]): void;
  /** Asks for a sign of life; does nothing once the socket closes. */
  ping(): void;
  /** Says goodbye, and waits for the client's. Does nothing once the socket closes. */
  close(code: number, reason: string): void;
  /** Ends the connection without a goodbye. */
  terminate(): void;
}

/** What is done with a WebSocket. */
export interface SocketHandler {
  /** Before anything else, once. */
  opened(socket: RawSocket): void;
  /** @param data text, or bytes of a binary frame; it may come after `close` was called */
  message(data: string | Uint8Array): void;
  ponged(): void;
  /**
   * The last of all, once; the only one if the client has not waited for the handshake's answer.
   *
   * @param code 1006 if the client has not said goodbye
   */
  closed(code: number): void;
}
