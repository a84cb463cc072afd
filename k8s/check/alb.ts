/** What the AWS Load Balancer Controller and its load balancers can be told. */

/**
 * Annotations that the AWS Load Balancer Controller knows, without those for features that we have no use for; it ignores
 * whatever else begins like them, without a word.
 */
export const knownAnnotations = [
  'backend-protocol',
  'backend-protocol-version',
  'certificate-arn',
  'group.name',
  'group.order',
  'healthcheck-interval-seconds',
  'healthcheck-path',
  'healthcheck-port',
  'healthcheck-protocol',
  'healthcheck-timeout-seconds',
  'healthy-threshold-count',
  'inbound-cidrs',
  'ip-address-type',
  'listen-ports',
  'load-balancer-attributes',
  'load-balancer-name',
  'manage-backend-security-group-rules',
  'minimum-load-balancer-capacity',
  'scheme',
  'security-groups',
  'shield-advanced-protection',
  'ssl-policy',
  'ssl-redirect',
  'subnets',
  'success-codes',
  'tags',
  'target-group-attributes',
  'target-type',
  'unhealthy-threshold-count',
  'wafv2-acl-arn',
];

/** Attributes of load balancers and target groups that we use or may want to; AWS refuses others. */
export const knownAttributes: Record<string, string[]> = {
  'load-balancer-attributes': [
    'access_logs.s3.bucket',
    'access_logs.s3.enabled',
    'access_logs.s3.prefix',
    'client_keep_alive.seconds',
    'deletion_protection.enabled',
    'idle_timeout.timeout_seconds',
    'routing.http.desync_mitigation_mode',
    'routing.http.drop_invalid_header_fields.enabled',
    'routing.http.preserve_host_header.enabled',
    'routing.http.xff_header_processing.mode',
    'routing.http2.enabled',
    'waf.fail_open.enabled',
    'zonal_shift.config.enabled',
  ],
  'target-group-attributes': [
    'deregistration_delay.timeout_seconds',
    'load_balancing.algorithm.anomaly_mitigation',
    'load_balancing.algorithm.type',
    'load_balancing.cross_zone.enabled',
    'slow_start.duration_seconds',
    'stickiness.enabled',
    'stickiness.lb_cookie.duration_seconds',
    'stickiness.type',
    'target_group_health.dns_failover.minimum_healthy_targets.count',
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count',
  ],
};
