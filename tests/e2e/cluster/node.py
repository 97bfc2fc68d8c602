"""containerd with the images, the kubelet, kube-proxy, CoreDNS, and what enforces NetworkPolicies."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from cluster.api import Api, answers
from cluster.daemons import Daemons, Failed
from cluster.images import COREDNS, PAUSE
from cluster.programs import CNI
from cluster.site import DNS_ADDRESS, NODE, NODE_ADDRESS, PODS, Site

_COREDNS_MANIFEST = Path(__file__).parent / "manifests" / "coredns.yaml"
_NEEDLESS = [f"io.containerd.snapshotter.v1.{name}" for name in ("aufs", "btrfs", "zfs", "devmapper")]


def start_containerd(site: Site, daemons: Daemons) -> None:
    """With every image imported, so that no pod ever asks a registry."""
    (site.etc / "containerd.toml").write_text(_containerd(site))
    (site.etc / "cni").mkdir()
    (site.etc / "cni" / "10-pods.conflist").write_text(json.dumps(_pod_network(site)))
    daemons.start("containerd", [site.programs["containerd"], "--config", str(site.etc / "containerd.toml")])
    daemons.wait("containerd", lambda: _ctr(site, "version").returncode == 0, 60)
    done = _ctr(site, "-n", "k8s.io", "images", "import", "--snapshotter", "overlayfs", site.images)
    if done.returncode:
        raise Failed(f"containerd took no images: {done.stderr.strip()}")


def _ctr(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    command = [site.programs["ctr"], "--address", _socket(site), *words]
    return subprocess.run(command, capture_output=True, text=True)


def _socket(site: Site) -> str:
    return "/run/containerd.sock"


def _containerd(site: Site) -> str:
    """`restrict_oom_score_adj`: root in a container may lack CAP_SYS_RESOURCE, and then runc fails without a reason."""
    return f"""\
version = 2
root = "{site.state}/containerd"
state = "/run/containerd"
disabled_plugins = {json.dumps([*_NEEDLESS, "io.containerd.internal.v1.opt"])}

[grpc]
  address = "{_socket(site)}"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "{PAUSE}"
  restrict_oom_score_adj = true

  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "{CNI}"
    conf_dir = "{site.etc}/cni"

  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"

    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"

      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        BinaryName = "{site.programs["runc"]}"
        SystemdCgroup = false
        Root = "/run/runc"
"""


def _pod_network(site: Site) -> dict[str, Any]:
    """A bridge that pods hang on. A pod may reach itself through its own Service (hairpin)."""
    addresses = {
        "type": "host-local",
        "dataDir": str(site.state / "addresses"),
        "ranges": [[{"subnet": PODS}]],
        "routes": [{"dst": "0.0.0.0/0"}],
    }
    bridge = {"type": "bridge", "bridge": "cni0", "isGateway": True, "ipMasq": False, "hairpinMode": True}
    ports = {"type": "portmap", "capabilities": {"portMappings": True}, "snat": False}
    plugins = [bridge | {"ipam": addresses}, {"type": "loopback"}, ports]
    return {"cniVersion": "1.0.0", "name": "pods", "plugins": plugins}


def start_kubelet(site: Site, daemons: Daemons, api: Api) -> None:
    (site.etc / "kubelet.json").write_text(json.dumps(_kubelet(site)))
    folder = site.state / "kubelet"
    command = [
        site.programs["kubernetes"],
        "kubelet",
        f"--config={site.etc}/kubelet.json",
        f"--kubeconfig={site.kubeconfig('kubelet')}",
        f"--hostname-override={NODE}",
        f"--node-ip={NODE_ADDRESS}",
        f"--root-dir={folder}",
        f"--cert-dir={folder}/pki",
    ]
    daemons.start("kubelet", command)
    daemons.wait("kubelet", lambda: api.condition(f"/api/v1/nodes/{NODE}", "Ready"), 90)


def _kubelet(site: Site) -> dict[str, Any]:
    """`protectKernelDefaults`: it checks the kernel's settings and changes none (`ground` shows it what it wants)."""
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "failCgroupV1": False,
        "cgroupDriver": "cgroupfs",
        "cgroupRoot": f"/{site.cgroup}",
        "containerRuntimeEndpoint": f"unix://{_socket(site)}",
        "clusterDNS": [DNS_ADDRESS],
        "clusterDomain": "cluster.local",
        "resolvConf": "/etc/resolv.conf",
        "authentication": {
            "anonymous": {"enabled": False},
            "webhook": {"enabled": True},
            "x509": {"clientCAFile": f"{site.etc}/ca.crt"},
        },
        "authorization": {"mode": "Webhook"},
        "tlsCertFile": f"{site.etc}/kubelet-server.crt",
        "tlsPrivateKeyFile": f"{site.etc}/kubelet-server.key",
        "failSwapOn": False,
        "maxPods": 240,
        "protectKernelDefaults": True,
        "podLogsDir": f"{site.state}/pod-logs",
        "volumePluginDir": f"{site.state}/volume-plugins",
        "evictionHard": {"memory.available": "100Mi", "nodefs.available": "1Gi", "imagefs.available": "1Gi"},
        "imageGCHighThresholdPercent": 100,
        "nodeStatusUpdateFrequency": "5s",
        "syncFrequency": "10s",
    }


def start_proxy(site: Site, daemons: Daemons) -> None:
    """Zeros: connection tracking has limits of the whole machine, which are not ours to set."""
    written = {
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
        "kind": "KubeProxyConfiguration",
        "mode": site.proxy_mode,
        "hostnameOverride": NODE,
        "clusterCIDR": PODS,
        "clientConnection": {"kubeconfig": str(site.kubeconfig("proxy"))},
        "conntrack": {"maxPerCore": 0, "min": 0, "tcpEstablishedTimeout": "0s", "tcpCloseWaitTimeout": "0s"},
    }
    (site.etc / "proxy.json").write_text(json.dumps(written))
    daemons.start("kube-proxy", [site.programs["kubernetes"], "kube-proxy", f"--config={site.etc}/proxy.json"])
    daemons.wait("kube-proxy", lambda: answers(10256, "/healthz"), 60)


def start_policies(site: Site, daemons: Daemons) -> None:
    """Ready is: it has written the kernel's table once."""
    daemons.start("network-policies", [sys.executable, "-m", "cluster.enforcing", f"{site.folder}/site.json"])
    log = site.logs / "network-policies.log"
    daemons.wait("network-policies", lambda: "enforced" in log.read_text(), 60)


def start_dns(site: Site, daemons: Daemons, api: Api) -> None:
    manifest = _COREDNS_MANIFEST.read_text().replace("COREDNS_IMAGE", COREDNS)
    apply(site, manifest)
    deployment = "/apis/apps/v1/namespaces/kube-system/deployments/coredns"
    daemons.wait("kubelet", lambda: api.condition(deployment, "Available"), 90)


def apply(site: Site, manifest: str, *flags: str) -> None:
    """kubectl apply; raises Failed."""
    command = [site.programs["kubernetes"], "kubectl", f"--kubeconfig={site.kubeconfig('admin')}"]
    command += [f"--cache-dir={site.state}/kubectl", "apply", *flags, "-f", "-"]
    done = subprocess.run(command, input=manifest, capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"kubectl apply: {done.stderr.strip()}")
