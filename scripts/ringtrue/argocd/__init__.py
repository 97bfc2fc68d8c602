"""What Argo CD itself decides, before a cluster is asked: pure functions over its objects."""
