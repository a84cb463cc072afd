environment  = "staging"
state_bucket = "overcookied-state-123456789012"
