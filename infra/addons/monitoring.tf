locals {
  # Prometheus, Grafana and Alertmanager. What they watch and show of the game comes with the game's own manifests.
  monitoring = {
    prometheus = {
      prometheusSpec = {
        retention = "15d"
        # Monitors and rules of every namespace, not only those that this chart brings.
        serviceMonitorSelectorNilUsesHelmValues = false
        podMonitorSelectorNilUsesHelmValues     = false
        ruleSelectorNilUsesHelmValues           = false
        storageSpec = {
          volumeClaimTemplate = {
            spec = { accessModes = ["ReadWriteOnce"], resources = { requests = { storage = "50Gi" } } }
          }
        }
      }
    }

    # AWS runs these and shows them to nobody, and kube-proxy tells its metrics to its own node alone: the chart's alerts
    # for them would ring for good.
    kubeControllerManager = { enabled = false }
    kubeScheduler         = { enabled = false }
    kubeEtcd              = { enabled = false }
    kubeProxy             = { enabled = false }

    grafana = {
      # Its password is made at random and kept in a secret of the cluster.
      sidecar = { dashboards = { enabled = true, searchNamespace = "ALL" } }
    }

    alertmanager = {
      serviceAccount = { name = "alertmanager", annotations = local.role["alertmanager"] }
      config = {
        route = {
          receiver   = "topic"
          group_by   = ["namespace", "alertname"]
          group_wait = "30s"
          # What always fires as a sign of life, and what the chart's alerts only tell each other.
          routes = [{ receiver = "nobody", matchers = ["severity =~ \"none|info\""] }]
        }
        receivers = [
          { name = "nobody" },
          {
            name = "topic"
            sns_configs = [{
              topic_arn     = local.infra.alarms_topic_arn
              sigv4         = { region = var.region }
              send_resolved = true
            }]
          },
        ]
      }
    }
  }
}
