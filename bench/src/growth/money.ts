import type { Figures } from './figures.ts';
import type { Needs } from './needs.ts';

/** US dollars a month. */
export interface Money {
  machines: number;
  valkey: number;
  records: number;
  /** Control planes, load balancers, NAT gateways, alarms, secrets. */
  around: number;
  /** What players are sent, through load balancers and over the internet. */
  internet: number;
  /** Between pods and Valkey in other zones. */
  betweenZones: number;
  total: number;
}

/** What this costs a month, with traffic as on average and everything else as for the peak. */
export function moneyOf(needs: Needs, { prices, settings, assumed }: Figures): Money {
  const price = (name: Exclude<keyof typeof prices, 'date' | 'region' | 'source'>) => prices[name].value;
  const { value: hours } = prices.hoursPerMonth;
  const { value: factor } = prices.regionFactor;
  const { value: zones } = settings.zones;
  const copies = 1 + settings.replicas.value;
  const average = 1 / assumed.peakToAverage.value;
  const gbPerMonth = (bytesPerSecond: number) => (bytesPerSecond * average * 3_600 * hours) / 1e9;
  const machines =
    needs.nodes * (price('node') * hours + price('diskGb') * price('nodeDiskGb')) * factor +
    needs.cells * price('diskGb') * price('nodeDiskGb') * factor;
  const valkeyNodes = (shards: number) => shards * copies * price('valkeyNode') * hours * factor;
  const downBytes = needs.downBits / 8;
  const capacityUnits = Math.max(
    needs.loadBalancerConnections / price('unitConnections'),
    ((downBytes + needs.upBits / 8) * 3_600) / 1e9 / price('unitGigabytes'),
  );
  const parts = {
    machines,
    valkey: valkeyNodes(needs.shards),
    records: valkeyNodes(needs.recordShards),
    around:
      needs.cells *
        (price('controlPlane') * hours +
          zones * price('natGateway') * hours +
          price('loadBalancer') * hours * factor +
          price('secrets')) +
      (needs.shards + needs.recordShards) * copies * price('alarms'),
    internet:
      gbPerMonth(downBytes) * price('internetGb') +
      capacityUnits * average * price('capacityUnit') * hours * factor,
    betweenZones: gbPerMonth(needs.valkeyBytes) * (1 - 1 / zones) * price('otherZoneGb'),
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}
