"""Proves, before a merge, that every in-cluster address a workload is configured with will work."""

__version__ = "0.1.0"
