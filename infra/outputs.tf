# What the deploy command reads (docs/deploy.md), and infra/addons.

output "region" {
  description = "Region that everything is in."
  value       = var.region
}

output "environment" {
  description = "Name of the environment."
  value       = var.environment
}

output "domain" {
  description = "Host name of the game."
  value       = var.domain
}

output "game_url" {
  description = "Where the game is played."
  value       = "https://${var.domain}"
}

output "certificate_arn" {
  description = "Certificate of the domain, for the load balancer. Known once it is valid."
  value       = aws_acm_certificate_validation.this.certificate_arn
}

output "cluster_name" {
  description = "Name of the Kubernetes cluster."
  value       = module.eks.cluster_name
}

output "cluster_endpoint" {
  description = "Address of the Kubernetes API."
  value       = module.eks.cluster_endpoint
}

output "kube_context" {
  description = "Name of the context that `aws eks update-kubeconfig` makes for the cluster."
  value       = module.eks.cluster_arn
}

output "registry" {
  description = "Host of the container registry."
  value       = split("/", aws_ecr_repository.services["gateway"].repository_url)[0]
}

output "repositories" {
  description = "Service → address of its images, without a tag."
  value       = { for service, repository in aws_ecr_repository.services : service => repository.repository_url }
}

output "valkey_endpoint" {
  description = "Host of Valkey's configuration endpoint, by which clients find all its nodes."
  value       = local.valkey_endpoint
}

output "valkey_port" {
  description = "Port of Valkey, with TLS."
  value       = aws_elasticache_replication_group.valkey.port
}

output "records_endpoint" {
  description = "Host of the Valkey that holds players' records; valkey_endpoint, unless it is a store of its own."
  value       = local.records_endpoint
}

output "records_port" {
  description = "Port of the Valkey that holds players' records, with TLS."
  value       = aws_elasticache_replication_group.valkey.port
}

output "vpc_cidr" {
  description = "Addresses of the network, for the network policies."
  value       = module.vpc.vpc_cidr_block
}

output "service_role_arns" {
  description = "Service → role of its service account."
  value       = { for service, role in aws_iam_role.services : service => role.arn }
}

output "secrets_prefix" {
  description = "What the names of the services' secrets begin with; a slash and the service's name follow."
  value       = local.secrets_prefix
}

output "vpc_id" {
  description = "The network, for the load balancer controller."
  value       = module.vpc.vpc_id
}

output "zone_name" {
  description = "Route 53 zone, for external-dns."
  value       = var.zone_name
}

output "addon_role_arns" {
  description = "Add-on → role of its service account."
  value       = { for addon, role in module.addon_roles : addon => role.arn }
}

output "alarms_topic_arn" {
  description = "Topic that alarms go to."
  value       = aws_sns_topic.alarms.arn
}
