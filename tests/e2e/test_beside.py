"""Two clusters beside each other: the same names and addresses in both, and neither sees the other."""

from cluster.leftovers import cgroups
from cluster.running import Cluster
from cluster.site import API_ADDRESS, NODE, NODE_ADDRESS

_NAMESPACE = "only-here"
_KINDS = ("net", "mnt", "pid", "ipc", "uts")


def test_each_has_its_own_node_of_one_name_and_address(cluster: Cluster, other: Cluster) -> None:
    for each in (cluster, other):
        [node] = each.get("nodes")["items"]
        address = each.get("service", "kubernetes")["spec"]["clusterIP"]
        addresses = {found["address"] for found in node["status"]["addresses"]}
        assert (node["metadata"]["name"], address, addresses) == (NODE, API_ADDRESS, {NODE, NODE_ADDRESS})
    assert cluster.get("nodes")["items"][0]["metadata"]["uid"] != other.get("nodes")["items"][0]["metadata"]["uid"]


def test_what_one_has_the_other_lacks(cluster: Cluster, other: Cluster) -> None:
    other.kubectl("create", "namespace", _NAMESPACE)
    assert cluster.kubectl("get", "namespace", _NAMESPACE, "--ignore-not-found") == ""


def test_their_processes_and_cgroups_are_apart(cluster: Cluster, other: Cluster) -> None:
    spaces = {each.inside("readlink", f"/proc/1/ns/{kind}").stdout for each in (cluster, other) for kind in _KINDS}
    assert len(spaces) == 2 * len(_KINDS)
    assert set(cgroups(cluster.site.cgroup)) & set(cgroups(other.site.cgroup)) == set()
