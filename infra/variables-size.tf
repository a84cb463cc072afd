# How large an environment is: infra/sizes has two examples, with what they cost.

variable "nat_gateway_per_zone" {
  description = "Whether each zone has a NAT gateway of its own. With a single one, losing its zone cuts all pods off from AWS's APIs."
  type        = bool
}

variable "node_instance_types" {
  description = "EC2 instance types of the nodes, the preferred one first. All must have the architecture that images are built for."
  type        = list(string)

  validation {
    condition     = length(var.node_instance_types) > 0 && alltrue([for type in var.node_instance_types : can(regex("^[a-z][a-z0-9-]*\\.[a-z0-9]+$", type))])
    error_message = "Name at least one instance type like m7i.large."
  }
}

variable "node_ami_type" {
  description = "AMI of the nodes: AL2023_x86_64_STANDARD, or AL2023_ARM_64_STANDARD for Graviton."
  type        = string
  default     = "AL2023_x86_64_STANDARD"

  validation {
    condition     = contains(["AL2023_x86_64_STANDARD", "AL2023_ARM_64_STANDARD"], var.node_ami_type)
    error_message = "The AMI type must be AL2023_x86_64_STANDARD or AL2023_ARM_64_STANDARD."
  }
}

variable "nodes_per_zone" {
  description = "How many nodes each of the three zones has: at least, and at most."
  type = object({
    min = number
    max = number
  })

  validation {
    condition     = var.nodes_per_zone.min >= 1 && var.nodes_per_zone.max >= var.nodes_per_zone.min
    error_message = "At least one node a zone, and not fewer at most than at least."
  }
}

variable "valkey_version" {
  description = "Version of Valkey on ElastiCache."
  type        = string
  default     = "8.2"

  validation {
    condition     = can(regex("^8\\.[0-9]+$", var.valkey_version))
    error_message = "The version must be 8.0 or newer, of the parameter group's family valkey8."
  }
}

variable "valkey_node_type" {
  description = "Node type of ElastiCache for Valkey."
  type        = string

  validation {
    condition     = can(regex("^cache\\.[a-z0-9]+\\.[a-z0-9]+$", var.valkey_node_type))
    error_message = "The node type must look like cache.m7g.large."
  }
}

variable "valkey_shards" {
  description = "Shards of Valkey. Raising it moves slots to new shards while the game goes on."
  type        = number

  validation {
    condition     = var.valkey_shards >= 1 && var.valkey_shards <= 90 && floor(var.valkey_shards) == var.valkey_shards
    error_message = "From 1 to 90 shards; more need a higher quota."
  }
}

variable "valkey_replicas" {
  description = "Replicas of each shard. At least one: failover needs a node to fail over to."
  type        = number
  default     = 1

  validation {
    condition     = var.valkey_replicas >= 1 && var.valkey_replicas <= 5
    error_message = "From 1 to 5 replicas."
  }
}

variable "valkey_snapshot_days" {
  description = "For how many days Valkey's daily snapshots are kept."
  type        = number
  default     = 7

  validation {
    condition     = var.valkey_snapshot_days >= 1 && var.valkey_snapshot_days <= 35
    error_message = "From 1 to 35 days."
  }
}

variable "records_store" {
  description = "Where players' records are: valkey (with the matches), or memorydb (MemoryDB for Valkey, which loses nothing that it has acknowledged)."
  type        = string
  default     = "valkey"

  validation {
    condition     = contains(["valkey", "memorydb"], var.records_store)
    error_message = "The records are on valkey or memorydb."
  }
}

variable "records_node_type" {
  description = "Node type of MemoryDB, where records_store is memorydb."
  type        = string
  default     = "db.t4g.small"

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.records_node_type))
    error_message = "The node type must look like db.r7g.large."
  }
}

variable "records_shards" {
  description = "Shards of MemoryDB, where records_store is memorydb."
  type        = number
  default     = 1

  validation {
    condition     = var.records_shards >= 1 && floor(var.records_shards) == var.records_shards
    error_message = "At least one shard."
  }
}
