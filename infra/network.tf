# Three zones: public subnets for the load balancer, private ones for nodes and pods, and ones without a way to the
# internet for Valkey.
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "6.5.1"

  name = local.name
  cidr = var.vpc_cidr
  azs  = local.zones

  private_subnets = [for index in range(3) : cidrsubnet(var.vpc_cidr, 3, index)]
  public_subnets  = [for index in range(3) : cidrsubnet(var.vpc_cidr, 8, 224 + index)]
  intra_subnets   = [for index in range(3) : cidrsubnet(var.vpc_cidr, 8, 240 + index)]

  enable_nat_gateway     = true
  single_nat_gateway     = !var.nat_gateway_per_zone
  one_nat_gateway_per_az = var.nat_gateway_per_zone

  # By these the load balancer controller finds the subnets.
  public_subnet_tags  = { "kubernetes.io/role/elb" = "1" }
  private_subnet_tags = { "kubernetes.io/role/internal-elb" = "1" }

  enable_flow_log                                 = true
  flow_log_traffic_type                           = "REJECT"
  create_flow_log_cloudwatch_log_group            = true
  create_flow_log_cloudwatch_iam_role             = true
  flow_log_cloudwatch_log_group_retention_in_days = var.log_retention_days
}

# Images come from ECR by way of S3: without this each pull would be paid for at the NAT gateway.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = module.vpc.vpc_id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = module.vpc.private_route_table_ids

  tags = { Name = "${local.name}-s3" }
}
