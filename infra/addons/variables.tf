variable "environment" {
  description = "Name of the environment, as in infra/."
  type        = string

  validation {
    condition     = can(regex("^(production|staging)(-[a-z0-9]+)*$", var.environment)) && length(var.environment) <= 16
    error_message = "The environment is production or staging, or one of these with a suffix as in production-euw1, in 16 letters at most."
  }
}

variable "state_bucket" {
  description = "Bucket of the state, as in the environment's backend.hcl: what infra/ has made is read from there."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.state_bucket))
    error_message = "A bucket's name has 3 to 63 small letters, digits and hyphens."
  }
}

variable "region" {
  description = "AWS region of the cluster and of the state's bucket."
  type        = string
  default     = "eu-central-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "The region must look like eu-central-1."
  }
}
