terraform {
  # 1.10 brought the lock in the state's bucket (use_lockfile).
  required_version = "~> 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.25.0"
    }
    random = {
      source  = "hashicorp/random"
      version = "3.7.2"
    }
  }

  # Bucket, key and region come from environments/<environment>/backend.hcl.
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = merge(var.tags, {
      Project     = "overcookied"
      Environment = var.environment
      ManagedBy   = "terraform"
    })
  }
}
