"""etcd, the API server, the controllers and the scheduler."""

from cluster.api import Api, answers
from cluster.daemons import Daemons
from cluster.site import NODE, NODE_ADDRESS, PODS, SERVICES, Site

_ETCD = "http://127.0.0.1:2379"
_PEER = "http://127.0.0.1:2380"


def start_etcd(site: Site, daemons: Daemons) -> None:
    """Its data is memory, so it need not wait for a disk."""
    command = [site.programs["etcd"], "--name", NODE, "--data-dir", str(site.state / "etcd"), "--unsafe-no-fsync"]
    command += ["--listen-client-urls", _ETCD, "--advertise-client-urls", _ETCD, "--listen-peer-urls", _PEER]
    daemons.start("etcd", command)
    daemons.wait("etcd", lambda: answers(2379, "/health"), 60)


def start_apiserver(site: Site, daemons: Daemons, api: Api) -> None:
    daemons.start("kube-apiserver", [site.programs["kubernetes"], "kube-apiserver", *_apiserver_flags(site)])
    daemons.wait("kube-apiserver", api.ready, 90)


def _apiserver_flags(site: Site) -> list[str]:
    etc = site.etc
    return [
        f"--etcd-servers={_ETCD}",
        f"--advertise-address={NODE_ADDRESS}",
        "--bind-address=0.0.0.0",
        "--secure-port=6443",
        f"--service-cluster-ip-range={SERVICES}",
        "--allow-privileged=true",
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        f"--client-ca-file={etc}/ca.crt",
        f"--tls-cert-file={etc}/apiserver.crt",
        f"--tls-private-key-file={etc}/apiserver.key",
        "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
        f"--service-account-key-file={etc}/service-accounts.pub",
        f"--service-account-signing-key-file={etc}/service-accounts.key",
        f"--kubelet-client-certificate={etc}/kubelet-client.crt",
        f"--kubelet-client-key={etc}/kubelet-client.key",
        f"--kubelet-certificate-authority={etc}/ca.crt",
        "--kubelet-preferred-address-types=InternalIP",
    ]


def start_controllers(site: Site, daemons: Daemons, api: Api) -> None:
    """Ready is: the controllers have made the first ServiceAccount, without which no pod is admitted."""
    command = [
        site.programs["kubernetes"],
        "kube-controller-manager",
        *_identity(site, "controllers"),
        f"--service-account-private-key-file={site.etc}/service-accounts.key",
        f"--root-ca-file={site.etc}/ca.crt",
        "--use-service-account-credentials=true",
        f"--cluster-cidr={PODS}",
        "--allocate-node-cidrs=true",
        "--node-cidr-mask-size=24",
        f"--service-cluster-ip-range={SERVICES}",
        "--controllers=*",
    ]
    daemons.start("kube-controller-manager", command)
    daemons.start("kube-scheduler", [site.programs["kubernetes"], "kube-scheduler", *_identity(site, "scheduler")])
    account = "/api/v1/namespaces/default/serviceaccounts/default"
    daemons.wait("kube-controller-manager", lambda: api.get(account) is not None, 90)


def _identity(site: Site, user: str) -> list[str]:
    path = site.kubeconfig(user)
    flags = [f"--{name}={path}" for name in ("kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig")]
    return [*flags, "--leader-elect=false"]
