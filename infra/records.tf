# MemoryDB for Valkey, where records_store is memorydb: it acknowledges nothing that is not in its log in several zones,
# so that losing all of ElastiCache loses the matches in play and no result.
locals {
  # The services that have anything to do with records.
  records_users = { for service, keys in local.access.users : service => keys.records
  if local.separate_records && length(keys.records) > 0 }
}

resource "aws_memorydb_cluster" "records" {
  count = local.separate_records ? 1 : 0

  name        = "${local.name}-records"
  description = "Overcookied, ${var.environment}: players' records, and results to be recorded"

  engine                     = "valkey"
  engine_version             = "7.3"
  node_type                  = var.records_node_type
  parameter_group_name       = aws_memorydb_parameter_group.records[0].name
  auto_minor_version_upgrade = false

  num_shards             = var.records_shards
  num_replicas_per_shard = 1

  port               = 6379
  subnet_group_name  = aws_memorydb_subnet_group.records[0].name
  security_group_ids = [aws_security_group.valkey.id]

  acl_name    = aws_memorydb_acl.records[0].name
  tls_enabled = true
  kms_key_arn = aws_kms_key.this.arn

  snapshot_retention_limit = var.valkey_snapshot_days
  snapshot_window          = "01:00-02:00"
  maintenance_window       = "wed:03:30-wed:04:30"
  final_snapshot_name      = "${local.name}-records-last"
  sns_topic_arn            = aws_sns_topic.alarms.arn
}

resource "aws_memorydb_parameter_group" "records" {
  count = local.separate_records ? 1 : 0

  name        = "${local.name}-records"
  description = "Overcookied, ${var.environment}"
  family      = "memorydb_valkey7"

  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }
}

resource "aws_memorydb_subnet_group" "records" {
  count = local.separate_records ? 1 : 0

  name        = "${local.name}-records"
  description = "Overcookied, ${var.environment}: no way to the internet"
  subnet_ids  = module.vpc.intra_subnets
}

# MemoryDB's users are known by this name in the whole account, unlike ElastiCache's.
resource "aws_memorydb_user" "services" {
  for_each = local.records_users

  user_name     = "${local.name}-${each.key}"
  access_string = join(" ", concat(["on"], each.value, [local.access.commands]))

  authentication_mode {
    type      = "password"
    passwords = local.passwords[each.key]
  }
}

resource "aws_memorydb_acl" "records" {
  count = local.separate_records ? 1 : 0

  name       = "${local.name}-records"
  user_names = [for user in aws_memorydb_user.services : user.user_name]
}
