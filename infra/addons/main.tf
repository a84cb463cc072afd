# What the cluster needs besides the game: Helm charts in exact versions. A root of its own, since its provider needs a
# cluster that is there already: apply it after infra/.
terraform {
  required_version = "~> 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.25.0"
    }
    helm = {
      source  = "hashicorp/helm"
      version = "3.1.1"
    }
  }

  # Bucket and region come from environments/<environment>/backend.hcl; the key is given beside it.
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region
}

provider "helm" {
  kubernetes = {
    host                   = data.aws_eks_cluster.this.endpoint
    cluster_ca_certificate = base64decode(data.aws_eks_cluster.this.certificate_authority[0].data)
    exec = {
      api_version = "client.authentication.k8s.io/v1beta1"
      command     = "aws"
      args        = ["eks", "get-token", "--region", var.region, "--cluster-name", local.infra.cluster_name]
    }
  }
}

data "terraform_remote_state" "infra" {
  backend = "s3"

  config = {
    bucket = var.state_bucket
    key    = "${var.environment}/infra.tfstate"
    region = var.region
  }
}

data "aws_eks_cluster" "this" {
  name = local.infra.cluster_name
}

locals {
  infra = data.terraform_remote_state.infra.outputs
}

resource "helm_release" "this" {
  for_each = local.charts

  name             = each.key
  chart            = each.key
  repository       = each.value.repository
  version          = each.value.version
  namespace        = each.value.namespace
  create_namespace = true
  values           = [yamlencode(each.value.values)]

  # A chart that does not come up is taken back whole.
  atomic  = true
  timeout = 600
}
