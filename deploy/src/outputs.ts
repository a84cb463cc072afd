import { issueText } from '@overcookied/shared/issue-text.ts';
import * as z from 'zod/mini';
import { type Command, command } from './command.ts';
import { type ServiceName, serviceNames } from './service-names.ts';
import type { Shell } from './shell.ts';

const text = z.string().check(z.minLength(1));
const perService = z.object(
  Object.fromEntries(serviceNames.map((name) => [name, text])) as Record<ServiceName, typeof text>,
);

const Outputs = z.object({
  region: text,
  environment: text,
  domain: text,
  game_url: text,
  certificate_arn: text,
  cluster_name: text,
  cluster_endpoint: text,
  kube_context: text,
  registry: text,
  /** Address of each service's images, without a tag. */
  repositories: perService,
  valkey_endpoint: text,
  records_endpoint: text,
  vpc_cidr: text,
  service_role_arns: perService,
  secrets_prefix: text,
});

/** What Terraform knows of an environment, as far as a deploy needs it (`infra/outputs.tf`). */
export type Outputs = z.infer<typeof Outputs>;

/** As `terraform output -json` writes it. */
const Json = z.record(z.string(), z.object({ value: z.unknown() }));

/**
 * Asks Terraform what it knows of an environment. This reads the remote state, and changes nothing but the cache in
 * `infra/.terraform/<environment>`.
 *
 * @throws Error that names what is missing and says what to do
 */
export async function readOutputs(shell: Shell, environment: string): Promise<Outputs> {
  // A data folder for each environment: in the common one, the next `terraform apply` that somebody types there would
  // go to the environment that was deployed last.
  const terraform = (...args: string[]): Command => ({
    ...command('terraform', '-chdir=infra', ...args),
    env: { TF_DATA_DIR: `.terraform/${environment}` },
  });
  const backend = `-backend-config=environments/${environment}/backend.hcl`;
  await shell.run(terraform('init', '-input=false', '-reconfigure', '-lockfile=readonly', backend));
  return shell.read(
    terraform('output', '-json'),
    (stdout) => parseOutputs(stdout, environment),
    unknownOutputs(),
  );
}

/** @throws Error that names what is missing and says what to do */
export function parseOutputs(stdout: string, environment: string): Outputs {
  const apply = `apply infra/ to ${environment} first (docs/infrastructure.md)`;
  const known = Object.entries(Json.parse(JSON.parse(stdout))).map(([name, { value }]) => [name, value]);
  if (known.length === 0) throw new Error(`terraform has made nothing of ${environment} yet: ${apply}`);
  const outputs = Outputs.safeParse(Object.fromEntries(known));
  if (!outputs.success) {
    throw new Error(`terraform's outputs do not fit: ${issueText(outputs.error)}: ${apply}`);
  }
  if (outputs.data.environment !== environment) {
    throw new Error(
      `infra/environments/${environment}/backend.hcl leads to the state of ${outputs.data.environment}: mend it`,
    );
  }
  return outputs.data;
}

/** Says in each place which output comes there. */
export function unknownOutputs(): Outputs {
  const unknown = (name: string) => `<${name} from terraform>`;
  const entries = Object.entries(Outputs.shape).map(([name, type]) => [
    name,
    type === perService
      ? Object.fromEntries(serviceNames.map((service) => [service, unknown(`${name}.${service}`)]))
      : unknown(name),
  ]);
  return Object.fromEntries(entries);
}
