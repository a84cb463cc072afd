output "state_bucket" {
  description = "Bucket for infra/environments/*/backend.hcl."
  value       = aws_s3_bucket.state.bucket
}
