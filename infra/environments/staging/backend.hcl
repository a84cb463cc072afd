bucket = "overcookied-state-123456789012"
key    = "staging/infra.tfstate"
region = "eu-central-1"
