import { bots } from './rules/bots.ts';
import { grafana } from './rules/grafana.ts';
import { hardening } from './rules/hardening.ts';
import { health } from './rules/health.ts';
import { images } from './rules/images.ts';
import { ports } from './rules/ports.ts';
import { references } from './rules/references.ts';
import { schema } from './rules/schema.ts';
import { valkey } from './rules/valkey.ts';
import { settings, variables } from './rules/variables.ts';
import type { Sources } from './sources.ts';

/**
 * Looks for what would not work in Compose's stack, or not as meant; no engine is needed for it.
 *
 * @returns what is wrong, one line each
 */
export function check(sources: Sources): string[] {
  const wrong = schema(sources);
  if (wrong.length > 0) return wrong;
  return [references, variables, settings, images, ports, health, valkey, hardening, bots, grafana].flatMap(
    (rule) => rule(sources),
  );
}
