# Each service's role may read that service's secret and nothing else. Its pods do not use it: external-secrets does,
# in the name of the service account.
resource "aws_iam_role" "services" {
  for_each = local.services

  name               = "${local.name}-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.service_accounts[each.key].json
}

data "aws_iam_policy_document" "service_accounts" {
  for_each = local.services

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [module.eks.oidc_provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${module.eks.oidc_provider}:sub"
      values   = ["system:serviceaccount:${local.namespace}:${each.key}"]
    }

    condition {
      test     = "StringEquals"
      variable = "${module.eks.oidc_provider}:aud"
      values   = ["sts.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "services" {
  for_each = local.services

  name   = "read-own-secret"
  role   = aws_iam_role.services[each.key].id
  policy = data.aws_iam_policy_document.own_secret[each.key].json
}

data "aws_iam_policy_document" "own_secret" {
  for_each = local.services

  statement {
    actions   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
    resources = [aws_secretsmanager_secret.services[each.key].arn]
  }

  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.this.arn]

    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:SecretARN"
      values   = [aws_secretsmanager_secret.services[each.key].arn]
    }
  }
}
