# Roles of the cluster's own add-ons. external-secrets has none: it reads each service's secret with that service's
# role (service-roles.tf), so that taking it over yields no more than its service accounts may have.
module "addon_roles" {
  source   = "terraform-aws-modules/iam/aws//modules/iam-role-for-service-accounts"
  version  = "6.2.3"
  for_each = local.addon_roles

  name            = "${local.name}-${each.key}"
  use_name_prefix = false

  attach_load_balancer_controller_policy = each.key == "load-balancer-controller"
  attach_cluster_autoscaler_policy       = each.key == "cluster-autoscaler"
  cluster_autoscaler_cluster_names       = [local.name]
  attach_external_dns_policy             = each.key == "external-dns"
  external_dns_hosted_zone_arns          = [data.aws_route53_zone.this.arn]
  attach_ebs_csi_policy                  = each.key == "ebs-csi"
  policies                               = each.key == "alertmanager" ? { topic = aws_iam_policy.alertmanager.arn } : {}

  oidc_providers = {
    cluster = {
      provider_arn               = module.eks.oidc_provider_arn
      namespace_service_accounts = [each.value]
    }
  }
}

locals {
  # Role → its service account, as infra/addons and EKS' add-ons name it.
  addon_roles = {
    load-balancer-controller = "kube-system:aws-load-balancer-controller"
    cluster-autoscaler       = "kube-system:cluster-autoscaler"
    external-dns             = "external-dns:external-dns"
    ebs-csi                  = "kube-system:ebs-csi-controller-sa"
    alertmanager             = "monitoring:alertmanager"
  }
}

# The game's alerts go where CloudWatch's alarms go.
resource "aws_iam_policy" "alertmanager" {
  name   = "${local.name}-alertmanager"
  policy = data.aws_iam_policy_document.alertmanager.json
}

data "aws_iam_policy_document" "alertmanager" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]
  }
}
