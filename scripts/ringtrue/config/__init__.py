"""`ringtrue.toml`: what the manifests cannot say, and what a team has decided."""

from ringtrue.config.reading import load, parse
from ringtrue.config.settings import FILE, VERSIONS, ClusterEntry, Config, External, Ignore, kubernetes_version

__all__ = ["FILE", "VERSIONS", "ClusterEntry", "Config", "External", "Ignore", "kubernetes_version", "load", "parse"]
