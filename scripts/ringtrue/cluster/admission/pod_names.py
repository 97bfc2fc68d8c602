"""How a pod's names are looked up: `dnsPolicy`, `dnsConfig`, `hostAliases`."""

from collections.abc import Iterator, Mapping
from typing import Any

from ringtrue.cluster.admission import text
from ringtrue.cluster.admission.addresses import NO_ADDRESS, address
from ringtrue.cluster.admission.rejection import Rejection, invalid, required, unsupported
from ringtrue.findings import Route

_POLICIES = ("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")
MAX_SERVERS = 3
MAX_SEARCHES = 32
MAX_SEARCH_CHARACTERS = 2048


def lookups(spec: Mapping[str, Any], route: Route) -> Iterator[Rejection]:
    """ADM-14, ADM-22: what goes into the pod's resolv.conf and hosts file."""
    policy, config = spec.get("dnsPolicy") or "ClusterFirst", spec.get("dnsConfig")
    yield from unsupported("ADM-14", (*route, "dnsPolicy"), policy, _POLICIES)
    if isinstance(config, Mapping):
        yield from _config(config, policy, (*route, "dnsConfig"))
    elif policy == "None":
        yield required("ADM-14", (*route, "dnsConfig"), "must provide `dnsConfig` when `dnsPolicy` is None")
    yield from _aliases(spec.get("hostAliases"), (*route, "hostAliases"))


def _config(config: Mapping[str, Any], policy: object, at: Route) -> Iterator[Rejection]:
    servers, searches = (_texts(config.get(field)) for field in ("nameservers", "searches"))
    if policy == "None" and not servers:
        said = "must provide at least one DNS nameserver when `dnsPolicy` is None"
        yield required("ADM-14", (*at, "nameservers"), said)
    if len(servers) > MAX_SERVERS:
        yield invalid("ADM-14", (*at, "nameservers"), ", ".join(servers), "must not have more than 3 nameservers")
    for index, server in enumerate(servers):
        if address(server) is None:
            yield invalid("ADM-14", (*at, "nameservers", index), server, NO_ADDRESS)
    yield from _searches(searches, (*at, "searches"))
    options = config.get("options")
    for index, option in enumerate(options if isinstance(options, list) else []):
        if isinstance(option, Mapping) and not option.get("name"):
            yield required("ADM-14", (*at, "options", index), "must not be empty")


def _searches(searches: list[str], route: Route) -> Iterator[Rejection]:
    if len(searches) > MAX_SEARCHES:
        yield invalid("ADM-14", route, len(searches), f"must not have more than {MAX_SEARCHES} search paths")
    elif len(" ".join(searches)) > MAX_SEARCH_CHARACTERS:
        said = f"must not have more than {MAX_SEARCH_CHARACTERS} characters (including spaces) in the search list"
        yield invalid("ADM-14", route, len(" ".join(searches)), said)
    for index, each in enumerate(searches):
        if text.search_domain(each):
            yield invalid("ADM-14", (*route, index), each, text.search_domain(each))


def _aliases(listed: object, route: Route) -> Iterator[Rejection]:
    for index, alias in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(alias, Mapping):
            continue
        ip = alias.get("ip")
        if isinstance(ip, str) and address(ip) is None:
            yield invalid("ADM-22", (*route, index, "ip"), ip, NO_ADDRESS)
        for at, name in enumerate(_texts(alias.get("hostnames"))):
            if text.dns_subdomain(name):
                yield invalid("ADM-22", (*route, index, "hostnames", at), name, text.dns_subdomain(name))


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
