# What each service has to know and nobody else may: a secret a service, whose keys are environment variables.
# Terraform has the passwords in its state too, since ElastiCache's users take them no other way: the state is encrypted,
# and whoever may read it may read these.
locals {
  valkey_endpoint  = aws_elasticache_replication_group.valkey.configuration_endpoint_address
  records_endpoint = local.separate_records ? aws_memorydb_cluster.records[0].cluster_endpoint[0].address : local.valkey_endpoint

  secrets = { for service in local.services : service => merge(
    { VALKEY_URL = "valkeys://${service}:${local.password[service]}@${local.valkey_endpoint}:6379?cluster" },
    contains(keys(local.records_users), service) ? {
      RECORDS_URL = "valkeys://${local.name}-${service}:${local.password[service]}@${local.records_endpoint}:6379?cluster"
    } : {},
    contains(["gateway", "practice"], service) ? {
      JWT_SECRET = join(",", [for each in local.token_generations : random_password.token[each].result])
    } : {},
    service == "gateway" ? { OPS_PASSWORD = random_password.ops.result } : {},
    service == "gateway" && var.sign_in_client_id != "" ? {
      OIDC_ISSUER        = var.sign_in_issuer
      OIDC_CLIENT_ID     = var.sign_in_client_id
      OIDC_CLIENT_SECRET = var.sign_in_client_secret
      PUBLIC_URL         = "https://${var.domain}"
    } : {},
  ) }

  token_generations = [for each in var.token_generations : tostring(each)]
}

resource "random_password" "token" {
  for_each = toset(local.token_generations)

  length  = 64
  special = false
}

resource "random_password" "ops" {
  length  = 32
  special = false
  keepers = { generation = var.ops_generation }
}

resource "aws_secretsmanager_secret" "services" {
  for_each = local.services

  name                    = "${local.secrets_prefix}/${each.key}"
  description             = "Environment of ${each.key}, ${var.environment}"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = var.deletion_protection ? 30 : 0
}

resource "aws_secretsmanager_secret_version" "services" {
  for_each = local.services

  secret_id     = aws_secretsmanager_secret.services[each.key].id
  secret_string = jsonencode(local.secrets[each.key])

  # A pod that starts meanwhile must not be told a password before Valkey knows it.
  depends_on = [aws_elasticache_user.services, aws_memorydb_user.services]
}
