environment  = "production"
state_bucket = "overcookied-state-123456789012"
