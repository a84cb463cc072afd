import { type Client, Room } from '@colyseus/core';
import { type SchemaType, schema, t } from '@colyseus/schema';

type Role = 'p1' | 'p2';

const Scores = schema({ p1: t.uint32(), p2: t.uint32() });
type Scores = SchemaType<typeof Scores>;

interface JoinOptions {
  /** Both players of a match ask for the same. */
  match: string;
  role: Role;
}

/** Who dropped out may come back within so many seconds. */
const graceSeconds = 10;

/** A match. Its scores are its state, of which players get the changes twenty times a second. */
export class MatchRoom extends Room<{ state: Scores; client: Client<{ userData: { role: Role } }> }> {
  override maxClients = 2;
  override state = new Scores();
  readonly #ready = new Set<Role>();

  override messages = {
    ready: (client: this['~client']) => {
      const { role } = client.userData ?? {};
      if (role) this.#ready.add(role);
      if (this.#ready.size === this.maxClients) this.broadcast('start');
    },
    // The opponent is told at once, and not only with the next patch.
    click: (client: this['~client'], n: number) => {
      const { role } = client.userData ?? {};
      if (!role) return;
      this.state[role]++;
      this.broadcast('click', n, { except: client });
    },
  };

  override onCreate(): void {
    this.state.p1 = 0;
    this.state.p2 = 0;
  }

  override onJoin(client: this['~client'], { role }: JoinOptions): void {
    client.userData = { role };
  }

  override async onDrop(client: Client): Promise<void> {
    await this.allowReconnection(client, graceSeconds);
  }
}
