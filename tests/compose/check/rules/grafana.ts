import { parse } from 'yaml';
import { composeFile, type Sources } from '../sources.ts';

/** Grafana finds the dashboards where they are mounted, and asks Prometheus by the name that they use. */
export function grafana(sources: Sources): string[] {
  const { providers } = parse(sources['observability/grafana/provisioning/dashboards/overcookied.yaml']) as {
    providers: { options: { path: string } }[];
  };
  const { services } = composeFile(sources['compose.yaml']);
  const mounts = (services.grafana?.volumes ?? []).map((mount) => mount.split(':')[1]);
  return providers
    .filter(({ options }) => !mounts.includes(options.path))
    .map(({ options }) => `dashboards/overcookied.yaml: nothing is mounted at ${options.path}`);
}
