"""Laws of the search walk and of DNS that need no oracle (DNS-01, DNS-07, 1c)."""

from dataclasses import replace

from generated import words
from generated.limits import tried
from generated.worlds import World, worlds
from hypothesis import assume, given
from hypothesis import strategies as st

from ringtrue.cluster.dns import Rcode, answer
from ringtrue.cluster.resolver import lookup, resolver

MISSES = (Rcode.NXDOMAIN, Rcode.NODATA)


@given(worlds(), words.names, words.namespaces, st.booleans())
@tried(30)
def test_a_full_name_means_the_same_with_and_without_its_final_dot(
    world: World, name: str, namespace: str, endpoint: bool
) -> None:
    cluster = world.cluster()
    host = f"{'db-0.' if endpoint else ''}{name}.{namespace}.svc.cluster.local"
    for client in cluster.workloads:
        via = resolver(client, cluster.profile)
        seen, final = lookup(host, via, cluster), lookup(f"{host}.", via, cluster)
        shadowed = any(each.answer.rcode not in MISSES for each in seen.tries if each.name != host)
        if host in via.hosts or shadowed or not any(each.name == host for each in seen.tries):
            continue
        assert seen.answer.rcode is final.answer.rcode
        if final.answer.positive:
            assert seen.answer == final.answer


@given(worlds(), words.hosts())
@tried(30)
def test_what_musl_finds_glibc_finds_too(world: World, host: str) -> None:
    cluster = world.cluster()
    for client in cluster.workloads:
        via = resolver(client, cluster.profile)
        musl, glibc = (lookup(host, replace(via, libc=libc), cluster) for libc in ("musl", "glibc"))
        if musl.answer.rcode is Rcode.OK:
            assert glibc.answer == musl.answer


@given(worlds(), words.hosts())
@tried(30)
def test_case_does_not_matter(world: World, host: str) -> None:
    cluster = world.cluster()
    assert answer(host.upper(), cluster) == answer(host.lower(), cluster)


@given(worlds(), words.names)
@tried(30)
def test_a_bare_name_never_leaves_its_namespace(world: World, name: str) -> None:
    cluster = world.cluster()
    assume("." not in name)
    for client in cluster.workloads:
        found = lookup(name, resolver(client, cluster.profile), cluster).answer
        if found.service is not None and not found.aliases:
            assert found.service.namespace == client.namespace
