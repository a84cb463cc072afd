# What CloudWatch sees of Valkey and the services cannot: alarms go to a topic, and from there by mail. The game's own
# alerts are Prometheus' (observability/).
resource "aws_sns_topic" "alarms" {
  # Not encrypted with a key of ours: ElastiCache tells nothing to a topic that is. No secret is told here.
  name   = "${local.name}-alarms"
  policy = data.aws_iam_policy_document.alarms.json
}

# Written down, since ElastiCache insists on this very condition, and topics are no longer made with it.
data "aws_iam_policy_document" "alarms" {
  statement {
    sid       = "FromThisAccount"
    actions   = ["sns:Publish"]
    resources = ["arn:${data.aws_partition.this.partition}:sns:${var.region}:${data.aws_caller_identity.this.account_id}:${local.name}-alarms"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "AWS:SourceOwner"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}

resource "aws_sns_topic_subscription" "alarms" {
  for_each = var.alarm_emails

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.key
}

locals {
  # AWS names the nodes like this; that it has made them is known too late for Terraform to count them.
  valkey_nodes = [for pair in setproduct(range(1, var.valkey_shards + 1), range(1, var.valkey_replicas + 2)) :
    format("%s-%04d-%03d", local.name, pair[0], pair[1])
  ]
  records_nodes = [for pair in setproduct(range(1, var.records_shards + 1), range(1, 3)) :
    format("%s-records-%04d-%03d", local.name, pair[0], pair[1]) if local.separate_records
  ]

  valkey_alarms = {
    engine-cpu = {
      metric      = "EngineCPUUtilization", statistic = "Average", threshold = 70, minutes = 5
      description = "Valkey's one thread is busy: every click waits for it. Add shards."
    }
    memory = {
      metric      = "DatabaseMemoryUsagePercentage", statistic = "Maximum", threshold = 75, minutes = 5
      description = "Valkey is getting full; full, it refuses all writes and no click counts. Add shards or larger nodes."
    }
    evictions = {
      metric      = "Evictions", statistic = "Sum", threshold = 0, minutes = 1
      description = "Valkey throws keys away: its parameter group is not the one with noeviction."
    }
    replication-lag = {
      metric      = "ReplicationLag", statistic = "Maximum", threshold = 5, minutes = 3
      description = "A replica is seconds behind: a failover to it would lose that many seconds of clicks."
    }
    connections = {
      metric      = "CurrConnections", statistic = "Maximum", threshold = 50000, minutes = 5
      description = "Three quarters of the connections that a node takes, 65,000. Fewer, larger gateways need fewer."
    }
    refused = {
      metric      = "AuthenticationFailures", statistic = "Sum", threshold = 0, minutes = 1
      description = "Somebody has a wrong password: a rotation that was cut short, or an intruder."
    }
    refused-commands = {
      metric      = "CommandAuthorizationFailures", statistic = "Sum", threshold = 0, minutes = 1
      description = "A service may not run a command that it needs (infra/valkey-access.json), or is not what it seems."
    }
    refused-keys = {
      metric      = "KeyAuthorizationFailures", statistic = "Sum", threshold = 0, minutes = 1
      description = "A service may not touch a key that it needs (infra/valkey-access.json), or is not what it seems."
    }
  }

  alarms = merge(
    { for pair in setproduct(local.valkey_nodes, keys(local.valkey_alarms)) : "${pair[0]}-${pair[1]}" => merge(
      local.valkey_alarms[pair[1]], { namespace = "AWS/ElastiCache", dimensions = { CacheClusterId = pair[0] } }
    ) },
    { for pair in setproduct(local.records_nodes, keys(local.valkey_alarms)) : "${pair[0]}-${pair[1]}" => merge(
      local.valkey_alarms[pair[1]],
      { namespace = "AWS/MemoryDB", dimensions = { ClusterName = "${local.name}-records", NodeName = pair[0] } }
    ) },
  )
}

resource "aws_cloudwatch_metric_alarm" "valkey" {
  for_each = local.alarms

  alarm_name        = each.key
  alarm_description = each.value.description

  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = each.value.minutes
  treat_missing_data  = "notBreaching"

  alarm_actions = [aws_sns_topic.alarms.arn]
  ok_actions    = [aws_sns_topic.alarms.arn]
}
