# The Kubernetes cluster. Its nodes are managed node groups, one a zone, scaled by the cluster autoscaler:
# docs/infrastructure.md tells why.
module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "21.10.1"

  name                = local.name
  kubernetes_version  = var.kubernetes_version
  upgrade_policy      = { support_type = "STANDARD" }
  deletion_protection = var.deletion_protection

  vpc_id     = module.vpc.vpc_id
  subnet_ids = module.vpc.private_subnets

  endpoint_private_access      = true
  endpoint_public_access       = length(var.cluster_public_cidrs) > 0
  endpoint_public_access_cidrs = length(var.cluster_public_cidrs) > 0 ? var.cluster_public_cidrs : null

  authentication_mode    = "API"
  access_entries         = local.cluster_access
  kms_key_administrators = var.cluster_admin_arns

  enabled_log_types                      = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  cloudwatch_log_group_retention_in_days = var.log_retention_days

  # Nodes and pods are in one security group, the one that EKS makes for the cluster, and in no other: what admits it
  # admits the pods. The module's own groups would come beside it or in its place.
  create_security_group      = false
  create_node_security_group = false

  eks_managed_node_groups = { for index, zone in local.zones : zone => {
    name           = zone
    subnet_ids     = [module.vpc.private_subnets[index]]
    instance_types = var.node_instance_types
    ami_type       = var.node_ami_type
    min_size       = var.nodes_per_zone.min
    max_size       = var.nodes_per_zone.max
    desired_size   = var.nodes_per_zone.min
    update_config  = { max_unavailable = 1 }

    create_security_group                 = false
    attach_cluster_primary_security_group = true

    # Pods do not get at the node's own role.
    metadata_options = {
      http_endpoint               = "enabled"
      http_tokens                 = "required"
      http_put_response_hop_limit = 1
    }

    block_device_mappings = {
      root = {
        device_name = "/dev/xvda"
        ebs = {
          volume_size           = 50
          volume_type           = "gp3"
          encrypted             = true
          delete_on_termination = true
        }
      }
    }

    # A shell on a node for operators, without SSH.
    iam_role_additional_policies = {
      ssm = "arn:${data.aws_partition.this.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"
    }
  } }

  # AWS's default version of each for this Kubernetes version, not the newest: it changes when Kubernetes is upgraded,
  # and not with any apply.
  addons = {
    vpc-cni = {
      before_compute       = true
      most_recent          = false
      configuration_values = jsonencode({ enableNetworkPolicy = "true" })
    }
    kube-proxy     = { most_recent = false }
    coredns        = { most_recent = false }
    metrics-server = { most_recent = false }
    aws-ebs-csi-driver = {
      most_recent              = false
      service_account_role_arn = module.addon_roles["ebs-csi"].arn
      configuration_values     = jsonencode({ defaultStorageClass = { enabled = true } })
    }
  }
}

locals {
  cluster_access = { for arn in var.cluster_admin_arns : arn => {
    principal_arn = arn
    policy_associations = {
      admin = {
        policy_arn   = "arn:${data.aws_partition.this.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
        access_scope = { type = "cluster" }
      }
    }
  } }
}
