/** What the Dockerfile says of a service's image. */
interface Image {
  /** Its environment. */
  env: Record<string, string>;
  /** The ports that it says it listens on. */
  exposes: string[];
}

/** Reads the stages from which an image of a service is made: those that it builds on, and its own. */
export function imageOf(dockerfile: string, service: string): Image {
  const stages = dockerfile.split(/^(?=FROM )/m);
  const inherited = ['scratch', 'base', 'service', `service-${service}`];
  const own = stages.filter((stage) => inherited.includes(/^FROM \S+ AS (\S+)/.exec(stage)?.[1] ?? ''));
  const lines = own.join('\n').split('\n');
  const after = (instruction: string) =>
    lines.filter((line) => line.startsWith(`${instruction} `)).flatMap((line) => line.split(' ').slice(1));
  const env = Object.fromEntries(after('ENV').map((pair) => pair.split('=') as [string, string]));
  return { env, exposes: after('EXPOSE') };
}
