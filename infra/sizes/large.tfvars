# A hundred thousand players at once. What it costs: docs/infrastructure.md.
nat_gateway_per_zone = true

node_instance_types = ["m7i.4xlarge", "m6i.4xlarge"]
nodes_per_zone      = { min = 3, max = 12 }

valkey_node_type     = "cache.m7g.xlarge"
valkey_shards        = 12
valkey_replicas      = 1
valkey_snapshot_days = 14

records_store     = "memorydb"
records_node_type = "db.r7g.large"
records_shards    = 2
