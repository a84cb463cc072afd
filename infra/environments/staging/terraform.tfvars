# Example values: the domain, the account's number and the addresses are yours to set.
environment = "staging"
domain      = "staging.overcookied.example"
zone_name   = "overcookied.example"
vpc_cidr    = "10.41.0.0/16"

cluster_admin_arns   = ["arn:aws:iam::123456789012:role/overcookied-operators"]
cluster_public_cidrs = ["203.0.113.0/24"]

deletion_protection  = false
log_retention_days   = 7
valkey_snapshot_days = 1
