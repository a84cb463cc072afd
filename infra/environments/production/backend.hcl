bucket = "overcookied-state-123456789012"
key    = "production/infra.tfstate"
region = "eu-central-1"
