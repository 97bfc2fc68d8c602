import pytest

from ringtrue.cluster.slips import is_slip

SLIPS = (
    ("svc-clusterip-htpd", "svc-clusterip-httpd"),
    ("catalouge", "catalogue"),
    ("payment", "payments"),
    ("postgres", "postgresql"),
    ("http-prod", "httpd-prod"),
    ("cartdb", "cart-db"),
    ("redis", "redis-master"),
    ("redis", "dev-redis"),
    ("web", "wbe"),
    ("cart", "card"),
)
OTHERS = (
    ("redis", "redis"),
    ("hubble-relay", "hubble-ui"),
    ("api", "app"),
    ("db-0", "db-1"),
    ("redis2", "redis3"),
    ("team-a", "team-b"),
    ("shop", "shop-front-end"),
    ("orders", "users"),
    ("app-secrets", "api-secrets"),
    ("cart-front", "front-cart"),
)


@pytest.mark.parametrize(("name", "other"), SLIPS)
def test_a_name_mistyped_is_a_slip(name: str, other: str) -> None:
    assert is_slip(name, other)
    assert is_slip(other, name)


@pytest.mark.parametrize(("name", "other"), OTHERS)
def test_another_name_is_no_slip(name: str, other: str) -> None:
    assert not is_slip(name, other)
    assert not is_slip(other, name)
