# Example values: the domain, the account's number and the addresses are yours to set.
environment = "production"
domain      = "play.overcookied.example"
zone_name   = "overcookied.example"
vpc_cidr    = "10.40.0.0/16"

cluster_admin_arns   = ["arn:aws:iam::123456789012:role/overcookied-operators"]
cluster_public_cidrs = ["203.0.113.0/24"]
alarm_emails         = ["operators@overcookied.example"]
