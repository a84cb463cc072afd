import { annotation, type Mistake } from './mistake.ts';

export const proxies: Mistake[] = [
  [
    'gateways to which all players are one client',
    'eks',
    'ConfigMap/gateway',
    (manifest) => {
      delete manifest.data.TRUSTED_PROXIES;
    },
    /^Deployment\/gateway: .*containers\[0\]: TRUSTED_PROXIES must have 10.40.0.0\/16, from where the load balancer comes/,
  ],
  [
    'gateways that believe another load balancer',
    'eks',
    'ConfigMap/gateway',
    (manifest) => {
      manifest.data.TRUSTED_PROXIES = '10.41.0.0/16';
    },
    /^ConfigMap\/gateway-\w+: data.TRUSTED_PROXIES: TRUSTED_PROXIES must have 10.40.0.0\/16/,
  ],
  [
    'a load balancer that passes on what clients say of where they come from',
    'eks',
    'Ingress/gateway',
    (manifest) =>
      annotation(
        manifest,
        'load-balancer-attributes',
        'idle_timeout.timeout_seconds=240,routing.http.xff_header_processing.mode=preserve',
      ),
    /xff_header_processing.mode must be append, .*; it is preserve$/,
  ],
];
