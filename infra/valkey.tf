# Valkey, in which everything happens: matches, the queue, jobs. A cluster, so that it grows by adding shards.
resource "aws_elasticache_replication_group" "valkey" {
  replication_group_id = local.name
  description          = "Overcookied, ${var.environment}: matches, the queue and jobs"

  engine                     = "valkey"
  engine_version             = var.valkey_version
  node_type                  = var.valkey_node_type
  parameter_group_name       = aws_elasticache_parameter_group.valkey.name
  auto_minor_version_upgrade = false

  cluster_mode               = "enabled"
  num_node_groups            = var.valkey_shards
  replicas_per_node_group    = var.valkey_replicas
  multi_az_enabled           = true
  automatic_failover_enabled = true

  port               = 6379
  subnet_group_name  = aws_elasticache_subnet_group.valkey.name
  security_group_ids = [aws_security_group.valkey.id]

  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.this.arn
  user_group_ids             = [aws_elasticache_user_group.valkey.id]

  # UTC: when Europe, where most players are, sleeps.
  snapshot_retention_limit  = var.valkey_snapshot_days
  snapshot_window           = "02:00-03:00"
  maintenance_window        = "tue:03:30-tue:04:30"
  final_snapshot_identifier = "${local.name}-last"
  apply_immediately         = true
  notification_topic_arn    = aws_sns_topic.alarms.arn

  dynamic "log_delivery_configuration" {
    for_each = aws_cloudwatch_log_group.valkey

    content {
      destination      = log_delivery_configuration.value.name
      destination_type = "cloudwatch-logs"
      log_format       = "json"
      log_type         = log_delivery_configuration.key
    }
  }
}

resource "aws_elasticache_parameter_group" "valkey" {
  name        = local.name
  family      = "valkey8"
  description = "Overcookied, ${var.environment}"

  # It holds matches, not a cache: a write that does not fit must fail, not push others out.
  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }

  # A match has players' pictures: with the default of 64 bytes it would be kept in a form three times as large.
  parameter {
    name  = "hash-max-listpack-value"
    value = "128"
  }

  parameter {
    name  = "cluster-enabled"
    value = "yes"
  }
}

resource "aws_elasticache_subnet_group" "valkey" {
  name        = local.name
  description = "Overcookied, ${var.environment}: no way to the internet"
  subnet_ids  = module.vpc.intra_subnets
}

resource "aws_cloudwatch_log_group" "valkey" {
  for_each = toset(["slow-log", "engine-log"])

  name              = "/overcookied/${var.environment}/valkey/${each.key}"
  retention_in_days = var.log_retention_days
}

resource "aws_security_group" "valkey" {
  name        = "${local.name}-valkey"
  description = "Valkey and the records: only for the cluster's pods"
  vpc_id      = module.vpc.vpc_id

  tags = { Name = "${local.name}-valkey" }
}

# From EKS' own security group of the cluster, in which the pods are. From a group of the nodes nothing would get in.
resource "aws_vpc_security_group_ingress_rule" "valkey" {
  security_group_id            = aws_security_group.valkey.id
  description                  = "Pods of the cluster"
  referenced_security_group_id = module.eks.cluster_primary_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}
