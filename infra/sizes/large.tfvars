# Twenty thousand players at once, of whom not all click as fast as they can. What it costs: docs/infrastructure.md;
# what it carries: docs/scale.md.
nat_gateway_per_zone = true

node_instance_types = ["m7i.2xlarge", "m6i.2xlarge"]
nodes_per_zone      = { min = 2, max = 6 }

valkey_node_type     = "cache.m7g.large"
valkey_shards        = 16
valkey_replicas      = 1
valkey_snapshot_days = 14

# A store of its own for the records, which loses nothing that it has acknowledged:
# records_store     = "memorydb"
# records_node_type = "db.r7g.large"
