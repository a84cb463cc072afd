# What an environment is. How large it is, is in variables-size.tf.

variable "environment" {
  description = "Name of the environment. It is part of the names of all resources: longer, those of roles and of MemoryDB's users would not be taken."
  type        = string

  validation {
    condition     = can(regex("^(production|staging)(-[a-z0-9]+)*$", var.environment)) && length(var.environment) <= 16
    error_message = "The environment is production or staging, or one of these with a suffix as in production-euw1, in 16 letters at most; each has a folder in infra/environments."
  }
}

variable "region" {
  description = "AWS region that everything is in. It needs at least three availability zones."
  type        = string
  default     = "eu-central-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "The region must look like eu-central-1."
  }
}

variable "zone_name" {
  description = "Public Route 53 zone that the domain is in. It must exist already, and its name servers must be in use."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.zone_name))
    error_message = "The zone must be a domain name without a dot at its end, like example.com."
  }
}

variable "domain" {
  description = "Host name under which the game is played, inside zone_name."
  type        = string

  validation {
    condition     = var.domain == var.zone_name || endswith(var.domain, ".${var.zone_name}")
    error_message = "The domain must be zone_name itself or end with a dot and zone_name."
  }
}

variable "vpc_cidr" {
  description = "Addresses of the network. Every pod takes one: three private subnets of 8,190 come of a /16."
  type        = string
  default     = "10.40.0.0/16"

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && endswith(var.vpc_cidr, "/16")
    error_message = "The network must be a /16 like 10.40.0.0/16: the subnets are cut out of it."
  }
}

variable "kubernetes_version" {
  description = "Kubernetes version of the cluster, raised one minor version at a time."
  type        = string
  default     = "1.35"

  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "The version must be a minor version like 1.35."
  }
}

variable "cluster_public_cidrs" {
  description = "Addresses that may reach the Kubernetes API from the internet. Empty: only from inside the network."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.cluster_public_cidrs : can(cidrnetmask(cidr)) && !endswith(cidr, "/0")])
    error_message = "Each must be a network like 203.0.113.0/24, and none may be the whole internet (/0)."
  }
}

variable "cluster_admin_arns" {
  description = "IAM roles or users that administer the cluster: operators, and the role that deploys."
  type        = set(string)

  validation {
    condition     = length(var.cluster_admin_arns) > 0 && alltrue([for arn in var.cluster_admin_arns : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/", arn))])
    error_message = "Name at least one, each like arn:aws:iam::123456789012:role/operators. Without one nobody could enter the cluster."
  }
}

variable "alarm_emails" {
  description = "Mail addresses that alarms go to. Each has to confirm once, by a mail that AWS sends."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for address in var.alarm_emails : can(regex("^[^@\\s]+@[^@\\s]+$", address))])
    error_message = "Each must be a mail address."
  }
}

variable "deletion_protection" {
  description = "Whether the cluster and the secrets are kept from being deleted at once by mistake."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "How many days CloudWatch keeps the logs of the cluster, the network and Valkey."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 180, 365], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 180 or 365 days."
  }
}

variable "password_generations" {
  description = "Generations of the Valkey users' passwords that are valid. The secrets hold the highest. To rotate, [1] becomes [1, 2], and [2] when all pods have started anew."
  type        = set(number)
  default     = [1]

  validation {
    condition     = contains([1, 2], length(var.password_generations))
    error_message = "One generation, or two while passwords are rotated: ElastiCache allows a user two passwords."
  }
}

variable "token_generations" {
  description = "Generations of the keys of players' tokens (JWT_SECRET): the first signs, all are accepted. docs/infrastructure.md tells in which steps a key is replaced."
  type        = list(number)
  default     = [1]

  validation {
    condition     = length(var.token_generations) > 0 && length(distinct(var.token_generations)) == length(var.token_generations) && alltrue([for each in var.token_generations : each >= 1 && floor(each) == each])
    error_message = "At least one, each a whole number from 1, and none twice."
  }
}

variable "sign_in_client_id" {
  description = "Client id that the OpenID Connect issuer has given out, by which players may sign in. Empty: all players are guests."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[!-~]*$", var.sign_in_client_id))
    error_message = "A client id has visible ASCII characters only."
  }
}

variable "sign_in_client_secret" {
  description = "The client secret that belongs to sign_in_client_id. It is no part of the repository: set TF_VAR_sign_in_client_secret."
  type        = string
  default     = ""
  sensitive   = true

  validation {
    condition     = can(regex("^[!-~]*$", var.sign_in_client_secret))
    error_message = "A client secret has visible ASCII characters only."
  }
}

variable "sign_in_issuer" {
  description = "Address of the OpenID Connect issuer."
  type        = string
  default     = "https://accounts.google.com"

  validation {
    condition     = startswith(var.sign_in_issuer, "https://")
    error_message = "The issuer must be an https address."
  }
}

variable "ops_generation" {
  description = "Generation of OPS_PASSWORD. Raising it makes a new password for the operators' page."
  type        = number
  default     = 1

  validation {
    condition     = var.ops_generation >= 1 && floor(var.ops_generation) == var.ops_generation
    error_message = "The generation must be a whole number from 1."
  }
}

variable "tags" {
  description = "Further tags of all resources."
  type        = map(string)
  default     = {}
}
