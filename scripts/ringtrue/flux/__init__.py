"""What Flux decides about its Kustomizations and their objects, before a cluster is asked."""
