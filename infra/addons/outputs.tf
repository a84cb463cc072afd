output "charts" {
  description = "Chart → its version."
  value       = { for name, release in helm_release.this : name => release.version }
}
