# One user a service. What each may do is in valkey-access.json, by which a test runs the services too.
locals {
  access = jsondecode(file("${path.module}/valkey-access.json"))

  # Where the records have a store of their own, there is nothing of them to get at here.
  valkey_access = { for service, keys in local.access.users : service => join(" ", concat(
    ["on"],
    keys.matches,
    local.separate_records ? [] : keys.records,
    [local.access.commands],
  )) }

  # Both while passwords are rotated: ElastiCache lets a user in with either.
  passwords = { for service in local.services : service => [
    for generation in sort([for each in var.password_generations : format("%06d", each)]) :
    random_password.valkey["${service}/${tonumber(generation)}"].result
  ] }

  # The newest of each.
  password = { for service, all in local.passwords : service => all[length(all) - 1] }
}

# Letters and digits only: it goes into an address.
resource "random_password" "valkey" {
  for_each = toset([for pair in setproduct(local.services, var.password_generations) : "${pair[0]}/${pair[1]}"])

  length  = 48
  special = false
}

resource "aws_elasticache_user" "services" {
  for_each = local.services

  user_id       = "${local.name}-${each.key}"
  user_name     = each.key
  engine        = "valkey"
  access_string = local.valkey_access[each.key]

  authentication_mode {
    type      = "password"
    passwords = local.passwords[each.key]
  }
}

# Whoever names no user is this one, and may nothing.
resource "random_password" "nobody" {
  length  = 48
  special = false
}

resource "aws_elasticache_user" "nobody" {
  user_id       = "${local.name}-default"
  user_name     = "default"
  engine        = "valkey"
  access_string = "off -@all"

  authentication_mode {
    type      = "password"
    passwords = [random_password.nobody.result]
  }
}

resource "aws_elasticache_user_group" "valkey" {
  user_group_id = local.name
  engine        = "valkey"
  user_ids      = concat([aws_elasticache_user.nobody.user_id], [for user in aws_elasticache_user.services : user.user_id])
}
