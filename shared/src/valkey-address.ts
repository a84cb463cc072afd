/** Where a Valkey is: what `VALKEY_URL` and `RECORDS_URL` say. */

const schemes = new Map([
  ['valkey:', false],
  ['redis:', false],
  ['valkeys:', true],
  ['rediss:', true],
]);

const example =
  'must look like valkey://user:password@host:6379 (valkey, valkeys for TLS, redis or rediss), ' +
  'or name some nodes of a cluster, as in valkey://user:password@host-1:6379,host-2:6379';

export interface ValkeyNode {
  host: string;
  port: number;
}

export interface ValkeyAddress {
  /** One, or some of a cluster's: the rest is found by asking them. */
  nodes: [ValkeyNode, ...ValkeyNode[]];
  isCluster: boolean;
  tls: boolean;
  username: string | undefined;
  password: string | undefined;
  /** Number of the database; a cluster has but one. */
  db: number;
}

/**
 * Reads an address. More than one node, divided by commas, means a cluster, as does `?cluster` after a single one, for
 * services that give a cluster one name (ElastiCache's configuration endpoint).
 *
 * @throws Error whose message says what an address must look like
 */
export function parseValkeyUrl(url: string): ValkeyAddress {
  const [first = '', ...others] = url.split(',').map((part) => part.trim());
  const head = parsePart(first);
  const tls = schemes.get(head.protocol);
  if (tls === undefined) throw new Error(example);
  const isCluster = others.length > 0 || head.searchParams.has('cluster');
  for (const name of head.searchParams.keys()) {
    if (name !== 'cluster') throw new Error(`has an unknown option "${name}": the only one is ?cluster`);
  }
  const db = Number(head.pathname.slice(1));
  if (!Number.isInteger(db)) throw new Error(`must end with the number of a database, if with anything`);
  if (isCluster && db !== 0) throw new Error('must not name a database: a cluster has but one');
  return {
    nodes: [nodeOf(head), ...others.map((part) => nodeOf(otherPart(part, head)))],
    isCluster,
    tls,
    username: decodeURIComponent(head.username) || undefined,
    password: decodeURIComponent(head.password) || undefined,
    db,
  };
}

/** The address without user and password, for logs. */
export function valkeyAddress(url: string): string {
  const { nodes, tls, db, isCluster } = parseValkeyUrl(url);
  const hosts = nodes.map(({ host, port }) => `${host}:${port}`).join(',');
  return `valkey${tls ? 's' : ''}://${hosts}${db ? `/${db}` : ''}${isCluster && nodes.length === 1 ? '?cluster' : ''}`;
}

function parsePart(text: string): URL {
  if (!URL.canParse(text)) throw new Error(example);
  const part = new URL(text);
  if (!part.hostname) throw new Error(example);
  return part;
}

/** A node after the first may leave out what is the same for all of them, but not say it otherwise. */
function otherPart(text: string, head: URL): URL {
  const part = parsePart(text.includes('://') ? text : `${head.protocol}//${text}`);
  if (
    part.protocol !== head.protocol ||
    (part.username || part.password
      ? part.username !== head.username || part.password !== head.password
      : false)
  ) {
    throw new Error('must name the same scheme, user and password for all nodes of a cluster');
  }
  return part;
}

const nodeOf = ({ hostname, port }: URL): ValkeyNode => ({
  // An IPv6 address has brackets in a URL and none elsewhere.
  host: hostname.replace(/^\[(.*)\]$/, '$1'),
  port: Number(port || '6379'),
});
