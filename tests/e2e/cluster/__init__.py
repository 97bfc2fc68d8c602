"""A Kubernetes cluster of plain processes in namespaces of their own; `Cluster` is its way in."""
