"""Shell text, read as a shell would read it (REF-03)."""

from collections.abc import Callable

import pytest

from ringtrue.manifests.resource import Resource

ENV = [
    {"name": "H", "value": "api"},
    {"name": "P", "value": "8080"},
    {"name": "OPTS", "value": "-s -f"},
    {"name": "PEERS", "value": "a.data b.data"},
]
"""None of them is a host by itself."""

CASES = {
    "plain URL": ("curl http://x/", ["http x:80"]),
    "bare host operand": ("curl -sS x", ["http x:80"]),
    "options with values": ("curl -m 5 --retry 3 -o /dev/null -H 'A: b' x:8080/health", ["http x:8080"]),
    "several operands": ("curl http://x https://y", ["http x:80", "https y:443"]),
    "--url": ("curl --url=http://x", ["http x:80"]),
    "proxy is what is called": ("curl -x http://proxy:3128 http://x", ["http proxy:3128"]),
    "resolve makes DNS idle": ("curl --resolve x:80:10.0.0.1 http://x/", []),
    "single quotes": ("curl 'http://x/'", ["http x:80"]),
    "double quotes": ('curl "http://x/"', ["http x:80"]),
    "quotes inside a word": ("curl http://'x':80", ["http x:80"]),
    "continued line": ("curl -s \\\n  http://x", ["http x:80"]),
    "comment": ("curl http://x # http://y\n# curl http://z", ["http x:80"]),
    "hash inside a word": ("curl http://x/#y", ["http x:80"]),
    "pipeline": ("curl http://x | grep -q ok || wget -qO- http://y", ["http x:80", "http y:80"]),
    "and, or, semicolon": ("true && curl x; false || curl y & curl z", ["http x:80", "http y:80", "http z:80"]),
    "if": ("if curl -s x; then curl y; elif ! curl z; then :; else curl w; fi", [f"http {h}:80" for h in "xyzw"]),
    "until loop": ("until nc -z db 5432; do sleep 1; done", ["tcp db:5432"]),
    "while read": ("while read -r h; do curl http://$h; done", ["http ?:80 open"]),
    "for loop": ("for h in a b; do curl http://$h:81/; done", ["http a:81", "http b:81"]),
    "for loop over numbers": ("for i in 0 1; do nc -z db-$i.db 5432; done", ["tcp db-0.db:5432", "tcp db-1.db:5432"]),
    "command substitution": ("x=$(curl -s http://x); echo $x", ["http x:80"]),
    "nested substitution": ('echo "$(wget -qO- "http://$(cat /h)/" || curl y)"', ["http ?:80 open", "http y:80"]),
    "backquotes": ("x=`curl http://x`", ["http x:80"]),
    "process substitution": ("diff <(curl x) <(curl y)", ["http x:80", "http y:80"]),
    "subshell": ("(cd /tmp && curl x)", ["http x:80"]),
    "function": ("check() { curl x; }\ncheck", ["http x:80"]),
    "case": ("case $1 in a|b) curl x;; *) curl y;; esac", ["http x:80", "http y:80"]),
    "here-document": (
        "cat > /etc/a.conf <<EOF\nurl = http://x:81\n# http://y\nEOF\ncurl z",
        ["http x:81", "http z:80"],
    ),
    "quoted here-document": ("cat > /a <<'EOF'\nurl = http://$H.prod.svc\nEOF", ["http ?:80 open"]),
    "redirection": ("curl http://x >/dev/null 2>&1", ["http x:80"]),
    "here-string": ("nc x 80 <<< hello", ["tcp x:80"]),
    "dev tcp": ("exec 3<>/dev/tcp/db/5432", ["tcp db:5432"]),
    "test": ("[[ a && b ]] && curl x", ["http x:80"]),
    "arithmetic": ("(( i < 3 )); curl x$((1+1)):80", ["http ?:80 open"]),
    "unfinished quote": ("curl 'http://x", ["http x:80"]),
    "variable": ("curl http://$H/", ["http api:80"]),
    "braces": ("curl http://${H}:${P}/", ["http api:8080"]),
    "options variable": ("curl $OPTS http://x", ["http x:80"]),
    "list variable": ("for p in $PEERS; do nc -z $p 80; done", ["tcp a.data:80", "tcp b.data:80"]),
    "quoted variable is one word": ('curl "$OPTS" x', ["http x:80"]),
    "default": ("curl http://${GONE:-x}/", ["http x:80"]),
    "default of what is set": ("curl http://${H:-x}/", ["http api:80"]),
    "default without colon": ("curl http://${GONE-x}/", ["http x:80"]),
    "default from a variable": ("curl http://${GONE:-$H}/", ["http api:80"]),
    "assigned default": (": ${G:=x}; curl http://$G", ["http x:80"]),
    "assignment": ("H=x; curl http://$H:81", ["http x:81"]),
    "exported": ("export H=x P=81; curl http://$H:$P", ["http x:81"]),
    "assignment for one command": ("A=b curl x", ["http x:80"]),
    "either branch": ("if a; then G=x; else G=y; fi; curl $G", ["http x:80", "http y:80"]),
    "array": ('A=(x y); for h in "${A[@]}"; do curl $h; done', ["http x:80", "http y:80"]),
    "output": ("page=$(cat /h); curl http://$page/", ["http ?:80 open"]),
    "unset": ("curl http://$GONE/", ["http ?:80 open"]),
    "taken away": ("unset H; curl http://$H/", ["http ?:80 open"]),
    "shell in a shell": ("""timeout 30 bash -c 'until curl -sf http://x; do sleep 1; done'""", ["http x:80"]),
    "wrappers": ("exec timeout -k 1 5 env A=b nice -n 5 curl x", ["http x:80"]),
    "wget": ("wget -q -O - --timeout=5 -T 3 x:8080", ["http x:8080"]),
    "nc": ("nc -zvw3 x 6379", ["tcp x:6379"]),
    "nc UDP": ("nc -zu x 53", ["udp x:53"]),
    "telnet": ("telnet x 25", ["telnet x:25"]),
    "psql": ("psql -h db -p 5433 -U app -c 'select 1'", ["postgresql db:5433"]),
    "psql, default port": ("psql --host=db", ["postgresql db:5432"]),
    "psql with a URL": ("psql postgresql://u:p@db/app", ["postgresql db:5432"]),
    "pg_isready": ("pg_isready -hdb -U app", ["postgresql db:5432"]),
    "mysql": ("mysql -h db -P 3307 -psecret", ["mysql db:3307"]),
    "redis-cli": ("redis-cli -h cache -a x ping", ["redis cache:6379"]),
    "redis-cli with a URL": ("redis-cli -u redis://cache", ["redis cache:6379"]),
    "nslookup": ("nslookup x.prod", ["dns x.prod"]),
    "dig": ("dig +short A x.prod.svc.cluster.local @10.0.0.10", ["dns x.prod.svc.cluster.local"]),
    "getent": ("getent hosts x", ["dns x"]),
    "ping": ("ping -c 1 -W 2 x", ["dns x"]),
    "name and port: the port wins": ("nslookup x && curl http://x:81", ["http x:81"]),
    "any other program": ("./wait-for-it.sh x:5432 -t 30 -- java -jar a.jar --url=http://y", ["x:5432", "http y:80"]),
    "written to a file": ("echo 'url=http://x:81' > /etc/a.conf", ["http x:81"]),
    "full name that is only set": ("T=x.prod.svc.cluster.local", ["x.prod.svc.cluster.local"]),
}


@pytest.mark.parametrize(("script", "expected"), CASES.values(), ids=CASES.keys())
def test_script(script: str, expected: list[str], hosts: Callable[..., list[str]]) -> None:
    assert hosts(env=ENV, command=["/bin/bash", "-ec", script]) == expected


SPLITS = [
    (["sh", "-c", "curl x"], []),
    (["/bin/bash", "-ec"], ["curl x"]),
    (["/bin/ash"], ["-c", "curl x"]),
    (["bash", "-o", "pipefail", "-c", "curl x"], []),
    (["bash", "-euxo", "pipefail", "-c", "curl x"], []),
    (["bash", "--norc", "-lc", "curl x"], []),
    (["tini", "--", "sh", "-c"], ["exec curl x"]),
    ([], ["sh", "-c", "curl x"]),
    (["curl"], ["x"]),
    (["sh", "-c", "curl $0:$1", "x", "80"], []),
]


@pytest.mark.parametrize(("command", "args"), SPLITS, ids=[" ".join([*c, *a]) for c, a in SPLITS])
def test_command_and_args_are_one_list(command: list[str], args: list[str], hosts: Callable[..., list[str]]) -> None:
    assert hosts(command=command, args=args) == ["http x:80"]


def test_kubelet_expands_before_the_shell_reads(hosts: Callable[..., list[str]]) -> None:
    assert hosts(env=ENV, command=["sh", "-c"], args=["curl http://$(H):$(P)/"]) == ["http api:8080"]


def test_escaped_dollar_reaches_the_shell(hosts: Callable[..., list[str]]) -> None:
    assert hosts(env=ENV, command=["sh", "-c"], args=["curl http://$$H:81/"]) == ["http api:81"]


def test_address_split_by_the_shell_is_one_host(hosts: Callable[..., list[str]]) -> None:
    env = [{"name": "DB", "value": "db:5432"}]
    assert hosts(env=env, command=["sh", "-c", "nc -z ${DB%:*} ${DB#*:}"]) == ["tcp db:5432"]


def test_script_without_shell_words_is_left_alone(hosts: Callable[..., list[str]]) -> None:
    assert hosts(command=["python", "-c"], args=["print('curl x')"]) == []


def test_probes_and_hooks_are_read(hosts: Callable[..., list[str]]) -> None:
    assert hosts(
        readinessProbe={"exec": {"command": ["sh", "-c", "wget -qO- http://a"]}},
        livenessProbe={"exec": {"command": ["pg_isready", "-h", "b"]}},
        lifecycle={"preStop": {"exec": {"command": ["curl", "c"]}}},
    ) == ["http a:80", "postgresql b:5432", "http c:80"]


SCRIPT = "#!/bin/sh\nHOST=${H}.prod\ncurl http://$HOST:81/ # http://gone\nnc -z $1 80\n"


@pytest.mark.parametrize(
    ("command", "expected"), [("/scripts/run.sh x", ["http api.prod:81"]), ("sleep 1", [])], ids=["run", "not run"]
)
def test_mounted_script_is_read_where_it_is_run(
    command: str, expected: list[str], hosts: Callable[..., list[str]], made: Callable[..., Resource]
) -> None:
    assert (
        hosts(
            made("ConfigMap", "scripts", data={"run.sh": SCRIPT}),
            spec={
                "volumes": [
                    {"name": "v", "configMap": {"name": "scripts", "items": [{"key": "run.sh", "path": "run.sh"}]}}
                ]
            },
            env=ENV,
            volumeMounts=[{"name": "v", "mountPath": "/scripts"}],
            command=["sh", "-c", command],
        )
        == expected
    )
