"""nginx: which names it calls, and how it looks them up (DNS-13)."""

from typing import Any

import pytest

from ringtrue.references import nginx

CALLS = [
    ("upstream", "upstream u {\n  server api:8080;\n  server b max_fails=3;\n}", ["api:8080", "b:80"]),
    ("group", "upstream u { server api:80; }\nlocation / { proxy_pass http://u; }", ["api:80"]),
    ("group-named-like-its-server", "upstream api { server api:80; }\nproxy_pass http://api/v1;", ["api:80"]),
    (
        "pass",
        "proxy_pass http://api;\nfastcgi_pass php:9000;\ngrpc_pass grpc://g:50051;",
        ["api:80", "php:9000", "g:50051"],
    ),
    (
        "names-of-its-own",
        "server {\n listen 80;\n server_name web shop.example;\n proxy_pass http://api:80;\n}",
        ["api:80"],
    ),
    ("comment", "# proxy_pass http://gone;\nproxy_pass http://api; # http://gone", ["api:80"]),
    ("header", "proxy_pass http://api:80;\nproxy_set_header Host other.shop.svc;", ["api:80"]),
    ("redirect", "proxy_pass http://api:80;\nreturn 301 https://www.example.com;", ["api:80"]),
    ("socket", "upstream u { server unix:/run/php.sock; }\nfastcgi_pass unix:/run/x.sock;", []),
    ("quoted", 'proxy_pass "http://api:8080/x";', ["api:8080"]),
    ("variable", "set $u http://api.pay.svc:80;\nproxy_pass $u;", ["api.pay.svc:80 as it stands"]),
    ("variable-of-a-group", "upstream g { server api:80; }\nset $u g;\nproxy_pass http://$u;", ["api:80"]),
    ("variable-for-something-else", "set $name gone;\nproxy_pass http://api:80;", ["api:80"]),
    ("variable-behind", "proxy_pass http://api:80$request_uri;", ["api:80 as it stands"]),
    (
        "port-behind-the-variable",
        "set $u http://api.pay.svc;\nproxy_pass $u:3100$request_uri;\nproxy_pass ${u}:9095/x;",
        ["api.pay.svc:3100 as it stands", "api.pay.svc:9095 as it stands"],
    ),
    ("port-behind-a-bare-name", "set $u api.pay.svc;\nproxy_pass http://$u:8080;", ["api.pay.svc:8080 as it stands"]),
    ("set-again", "set $u a:80;\nset $u b:80;\nproxy_pass http://$u;", ["a:80 as it stands", "b:80 as it stands"]),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CALLS], ids=[c[0] for c in CALLS])
def test_hosts(text: str, expected: list[str]) -> None:
    assert nginx.speaks(text)
    found = [(f"{hit.host}:{hit.port}{' as it stands' if hit.literal else ''}", hit) for hit in nginx.hosts(text)]
    assert [shown for shown, _ in found] == expected
    assert all(text[hit.start : hit.end] == hit.host for _, hit in found)


@pytest.mark.parametrize("text", ["listen 80;", "upstream: http://api:80", "# proxy_pass", "a=upstream"])
def test_other_files(text: str) -> None:
    assert not nginx.speaks(text)


def test_a_mounted_file(search: Any, deployment: Any, made: Any) -> None:
    data = made("ConfigMap", "c", data={"default.conf": "set $u api.shop;\nproxy_pass http://$u;\n"})
    spec = {"volumes": [{"name": "c", "configMap": {"name": "c"}}]}
    found = search(deployment(spec, volumeMounts=[{"name": "c", "mountPath": "/etc/nginx/conf.d"}]), data)
    assert [(r.host, r.literal, r.field) for r in found] == [("api.shop", True, "configMap c key default.conf")]
