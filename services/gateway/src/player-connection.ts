import { type ClientFrame, closeCode } from '@overcookied/shared/protocol.ts';
import type { Identity } from '@overcookied/shared/tokens.ts';
import { Connection, type ConnectionParts, type Newcomer } from './connection.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import type { Socket } from './socket.ts';

/** What the handshake told of a client that wants to play. */
export interface NewPlayer extends Newcomer {
  /** Undefined for a client that has not said who it is. */
  identity: Identity | undefined;
  /** Whether this player connects over and over again. */
  isLooping: boolean;
  /** A match that the client knows no end of, as it says. */
  openRoom: string | undefined;
}

/** A client that plays: what it sends goes to the session of the player that it is. */
export class PlayerConnection extends Connection {
  readonly #sessions: Sessions;
  readonly #player: NewPlayer;
  #session: Session | undefined;

  constructor(parts: ConnectionParts & { sessions: Sessions }, player: NewPlayer) {
    super(parts, player);
    this.#sessions = parts.sessions;
    this.#player = player;
  }

  protected override arrived(socket: Socket): void {
    const { identity, isLooping, openRoom } = this.#player;
    // A browser shows a close code to the page, but not an answer to the handshake.
    if (!identity) socket.close(closeCode.unauthorized, 'the token is missing, wrong or expired');
    else if (isLooping)
      socket.close(closeCode.tooManyConnections, 'you connect too often: wait for a minute');
    else this.#session = this.#sessions.open(identity, socket, openRoom);
  }

  protected override receive(frame: ClientFrame): undefined {
    this.#session?.receive(frame);
  }

  protected override left(): void {
    if (this.#session) this.#sessions.close(this.#session);
  }
}
