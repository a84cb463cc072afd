# Five hundred players at once, or staging. What it costs: docs/infrastructure.md.
nat_gateway_per_zone = false

node_instance_types = ["m7i.large", "m6i.large"]
nodes_per_zone      = { min = 1, max = 3 }

valkey_node_type = "cache.t4g.medium"
valkey_shards    = 1
valkey_replicas  = 1
