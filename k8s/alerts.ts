/** What `npm run k8s:alerts` runs: makes the Prometheus Operator's rules of those that Compose's Prometheus reads. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';

/** Where the rules and the dashboards are. */
export const observability = fileURLToPath(new URL('../observability', import.meta.url));
/** Below that folder. */
export const alertsSource = 'prometheus/alerts.yml';
/** Below the manifests' folder. */
export const alertsFile = 'overlays/eks/alerts.yaml';

const comment = '# Made by npm run k8s:alerts of observability/prometheus/alerts.yml. Change that one.\n';

/** The rules as an object of Kubernetes. */
export const prometheusRule = (alerts: string) => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: 'overcookied', labels: { 'app.kubernetes.io/part-of': 'overcookied' } },
  spec: parse(alerts) as unknown,
});

if (import.meta.main) {
  const target = fileURLToPath(new URL(alertsFile, import.meta.url));
  await writeFile(
    target,
    comment + stringify(prometheusRule(await readFile(join(observability, alertsSource), 'utf8'))),
  );
}
