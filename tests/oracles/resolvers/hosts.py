"""The hosts file that the kubelet writes for a pod, from the manifest alone: its code for it is not exported."""

from frame.clusters import Document

_LOCAL = "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n"


def hosts_file(pod: Document, pod_ip: str, zone: str) -> str:
    """Loopback, the pod itself, and its hostAliases, in this order; on the host's network the node's own file first."""
    spec, metadata = pod["spec"], pod["metadata"]
    lines = []
    if not spec.get("hostNetwork"):
        name = spec.get("hostname") or metadata["name"]
        subdomain = spec.get("subdomain")
        full = [f"{name}.{subdomain}.{metadata['namespace']}.svc.{zone}"] if subdomain else []
        lines.append(" ".join((pod_ip, *full, name)))
    lines += [" ".join((each["ip"], *each["hostnames"])) for each in spec.get("hostAliases", ())]
    return _LOCAL + "".join(f"{each}\n" for each in lines)
