locals {
  name           = "overcookied-${var.environment}"
  secrets_prefix = "overcookied/${var.environment}"

  # Kubernetes' namespace, and the services in it: each has an image, a Valkey user, a secret and a role, all named alike.
  namespace = "overcookied"
  services  = toset(["gateway", "matchmaker", "game-ticker", "practice"])

  zones = slice(data.aws_availability_zones.this.names, 0, 3)

  separate_records = var.records_store == "memorydb"
}

# Local Zones and Wavelength Zones have neither EKS nodes' types nor ElastiCache.
data "aws_availability_zones" "this" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}
