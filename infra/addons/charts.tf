locals {
  role = { for addon, arn in local.infra.addon_role_arns : addon => { "eks.amazonaws.com/role-arn" = arn } }

  # Chart → where it is from, its version and values. The namespaces and service accounts are those that the roles in
  # infra/addon-roles.tf let in.
  charts = {
    # The load balancer in front of the gateways.
    aws-load-balancer-controller = {
      repository = "https://aws.github.io/eks-charts"
      version    = "1.17.1"
      namespace  = "kube-system"
      values = {
        clusterName    = local.infra.cluster_name
        region         = var.region
        vpcId          = local.infra.vpc_id
        serviceAccount = { name = "aws-load-balancer-controller", annotations = local.role["load-balancer-controller"] }
        # We have no services of type LoadBalancer; with it none could be made while the controller is away.
        enableServiceMutatorWebhook = false
      }
    }

    # The record of the game's domain, in its zone alone.
    external-dns = {
      repository = "https://kubernetes-sigs.github.io/external-dns"
      version    = "1.21.1"
      namespace  = "external-dns"
      values = {
        provider       = { name = "aws" }
        env            = [{ name = "AWS_DEFAULT_REGION", value = var.region }]
        serviceAccount = { name = "external-dns", annotations = local.role["external-dns"] }
        sources        = ["ingress"]
        domainFilters  = [local.infra.zone_name]
        policy         = "sync"
        # Records are marked as this cluster's: it leaves those of the other environment alone.
        registry   = "txt"
        txtOwnerId = local.infra.cluster_name
      }
    }

    # Secrets Manager's secrets as Kubernetes' secrets.
    external-secrets = {
      repository = "https://charts.external-secrets.io"
      version    = "2.7.0"
      namespace  = "external-secrets"
      values     = { serviceMonitor = { enabled = false } }
    }

    # Pods by what the game measures.
    keda = {
      repository = "https://kedacore.github.io/charts"
      version    = "2.20.2"
      namespace  = "keda"
      values     = { operator = { replicaCount = 2 } }
    }

    # Nodes by the pods that wait for room.
    cluster-autoscaler = {
      repository = "https://kubernetes.github.io/autoscaler"
      version    = "9.59.0"
      namespace  = "kube-system"
      values = {
        awsRegion     = var.region
        autoDiscovery = { clusterName = local.infra.cluster_name }
        # It must be of the cluster's Kubernetes version.
        image = { tag = "v${data.aws_eks_cluster.this.version}.0" }
        rbac  = { serviceAccount = { name = "cluster-autoscaler", annotations = local.role["cluster-autoscaler"] } }
        extraArgs = {
          # The zones stay alike, and a node that is hardly used goes only after a while: its players are sent elsewhere.
          balance-similar-node-groups = true
          scale-down-unneeded-time    = "20m"
        }
      }
    }

    kube-prometheus-stack = {
      repository = "https://prometheus-community.github.io/helm-charts"
      version    = "88.3.0"
      namespace  = "monitoring"
      values     = local.monitoring
    }
  }
}
