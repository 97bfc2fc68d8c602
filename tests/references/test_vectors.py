"""What somebody may write, where a change of one sign in the code would read it otherwise."""

from collections.abc import Callable
from typing import Any

import pytest

from ringtrue.references.hosts import is_name

Hosts = Callable[..., list[str]]

ENV = [{"name": "H", "value": "api"}, {"name": "E", "value": ""}]
SCRIPTS = {
    "a space behind a backslash": (r"curl -H A:\ b x", ["http x:80"]),
    "a space behind a backslash after a variable": (r"curl -H $H\ b x", ["http x:80"]),
    "backquotes in backquotes": ("y=`echo \\`cat /h\\``; curl x", ["http x:80"]),
    "arithmetic inside a word": ("curl x$((1+1)):81", ["http ?:81 open"]),
    "arithmetic before another command": ("echo $((1+1)); curl x", ["http x:80"]),
    "a redirection alone": ("</dev/tcp/db/5432 && echo ok", ["tcp db:5432"]),
    "for without a list": ("for H; do curl http://$H/; done", ["http ?:80 open"]),
    "set behind an and": ("true && H=x; curl http://$H/", ["http api:80", "http x:80"]),
    "set behind an or": ("true || H=x; curl http://$H/", ["http api:80", "http x:80"]),
    "set behind a semicolon": ("true; H=x; curl http://$H/", ["http x:80"]),
    "instead of what is set": ("curl http://${H:+x}/", ["http x:80"]),
    "instead of what is set and empty": ("curl http://y${E:+x}/", ["http y:80"]),
    "instead of what is set, without a colon": ("curl http://y${E+x}/", ["http yx:80"]),
    "instead of what is not set": ("curl http://y${GONE:+x}/", ["http y:80"]),
    "a redirection to an empty variable": ("curl x > $E", ["http x:80"]),
    "an empty assignment": ("G=; curl http://x$G/", ["http x:80"]),
    "a default in twelve defaults": (f"curl http://{'${A:-' * 12}x{'}' * 12}/", ["http x:80"]),
    "a default in forty defaults": (f"curl http://y http://{'${A:-' * 40}x{'}' * 40}/", ["http y:80"]),
    "a long option without its value": ("curl http://x --max-time", ["http x:80"]),
    "a short option without its value": ("curl http://x -m", ["http x:80"]),
    "--url without a scheme": ("curl --url x", ["http x:80"]),
    "an assignment with two equals signs": ("env A=b=c curl x", ["http x:80"]),
    "a device without a host": ("exec 3<>/dev/tcp//80; curl x", ["http x:80"]),
    "a URL without a port": ("psql postgresql://db", ["postgresql db:5432"]),
    "telnet without a port": ("telnet x", ["telnet x:23"]),
    "a bracket in quotes in brackets": ('y=$(echo ")"; curl x); curl z', ["http x:80", "http z:80"]),
    "a bracket in backquotes in brackets": ("y=$(echo `cat ')'`; curl x); curl z", ["http x:80", "http z:80"]),
    "a bracket in a comment in brackets": ("y=$(curl x # y)\n); curl z", ["http x:80", "http z:80"]),
    "printed into a pipe with its errors": ("echo http://x:80 |& nc y 81", ["http x:80", "tcp y:81"]),
    "printed for people": ("echo http://x:80 || nc y 81", ["tcp y:81"]),
    "an escaped dollar in double quotes": (r'curl "http://x/\$a"', ["http x:80"]),
    "an indented here-document": ("cat <<-EOF > /a\n\turl=http://x:81\n\tEOF\ncurl y", ["http x:81", "http y:80"]),
    "a test over two lines": ("[[ a &&\n b ]]\ncurl x", ["http x:80"]),
    "backquotes in backquotes inside a word": ("curl x`echo \\`cat /h\\``:81", ["http ?:81 open"]),
    "the server that is asked": ("drill api.shop.svc @ns.shop.svc", ["dns api.shop.svc", "dns ns.shop.svc"]),
    "replaced in a variable": ("curl http://${H//a/b}/", ["http ?:80 open"]),
    "assigned default without a colon": (": ${G=x}; curl http://$G", ["http x:80"]),
    "added to a variable": ("H+=.data; curl http://$H/", ["http ?:80 open"]),
    "a dollar in double quotes": ('curl "http://x/?a=$"', ["http x:80"]),
}


@pytest.mark.parametrize(("script", "expected"), SCRIPTS.values(), ids=SCRIPTS.keys())
def test_script(script: str, expected: list[str], hosts: Hosts) -> None:
    """REF-03."""
    assert hosts(command=["sh", "-c", script], env=ENV) == expected


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("curl x$((1+1)):81", "the output of $((1+1)) is only known when it runs"),
        ("curl x`cat /h`:81", "the output of `cat /h` is only known when it runs"),
        ('curl "x${GONE}:81"', "${GONE} is not set in this container"),
    ],
    ids=["arithmetic", "backquotes", "braces"],
)
def test_what_is_open_is_shown_as_it_is_written(script: str, why: str, search: Any, deployment: Any) -> None:
    (found,) = search(deployment(command=["sh", "-c", script]))
    assert (found.host, found.port, found.unresolved) == ("", 81, why)


VALUES = {
    "a placeholder in front": ("{env}.prod.svc.cluster.local:80", ["?:80 open"]),
    "a suffix with a placeholder": (".{env}.svc.cluster.local", []),
    "a suffix": ("svc.cluster.local and .prod.svc.cluster.local", []),
    "the end of a sentence": ("see api.shop.svc. More", ["api.shop.svc"]),
    "a final dot before the end of a sentence": (
        "see api.shop.svc.cluster.local. More",
        ["api.shop.svc.cluster.local"],
    ),
    "a placeholder of Windows in front": ("%ENV%.prod.svc.cluster.local:80", ["?:80 open"]),
    "a domain of others": ("api.shop.svc.example.com", []),
    "a namespace alone": ("shop.svc", []),
    "a user of a domain": (r"CORP\api.shop.svc", []),
    "two slashes in front": ("//api.shop.svc:80", ["api.shop.svc:80"]),
    "a path": ("/etc/api.shop.svc", []),
    "a URL at the end of a sentence": ("see http://api. More", ["http api:80"]),
    "the pod itself with a final dot": ("http://localhost.:80", []),
    "a target of gRPC": ("dns://api.shop:80", ["grpc api.shop:80"]),
    "a target of gRPC behind a server": ("dns://10.0.0.10/api.shop:80", ["grpc api.shop:80"]),
    "a scheme of three parts": ("a+b+https://x/", ["https x:443"]),
    "Oracle with a final dot": ("jdbc:oracle:thin:@db.:1521/x", ["oracle db.:1521"]),
    "a DSN of Go": ("app@tcp(db:3306)/x", ["tcp db:3306"]),
    "a DSN of Go over IPv4": ("app@tcp4(db:3306)/x", ["tcp db:3306"]),
    "a port beside one that is written": ("host=a.shop:80 port=81", ["a.shop:80"]),
    "a port behind": ("see api.shop.svc:81 for more", ["api.shop.svc:81"]),
}


@pytest.mark.parametrize(("value", "expected"), VALUES.values(), ids=VALUES.keys())
def test_value(value: str, expected: list[str], hosts: Hosts) -> None:
    assert hosts(env=[{"name": "NOTE", "value": value}]) == expected


def test_an_image_in_a_list_is_no_host(hosts: Hosts) -> None:
    env = [{"name": "RUNNER_URLS", "value": "builder.ci:8080,db.ci:8081"}]
    assert hosts(image="builder.ci:8080", env=env) == ["db.ci:8081"]


@pytest.mark.parametrize(("image", "expected"), [("builder.ci:8080", []), ("builder.ci:8081", ["builder.ci:8080"])])
def test_an_image_is_no_host(image: str, expected: list[str], hosts: Hosts) -> None:
    assert hosts(image=image, env=[{"name": "RUNNER_URL", "value": "builder.ci:8080"}]) == expected


FILES = {
    "a list below its key": ("servers:\n- cache.data:6379\n- db.data:5432\n", ["cache.data:6379", "db.data:5432"]),
    "a list on one line": ('servers: ["cache.data:6379", "db.data:5432"]\n', ["cache.data:6379", "db.data:5432"]),
    "a list without quotes": ("servers: [cache.data:6379, db.data:5432]\n", ["cache.data:6379", "db.data:5432"]),
    "a key without a value": ("host=\nother=http://a:80\n", ["http a:80"]),
    "a version of a schema": ('"schemaVersion": 1\n"url": "http://a:80"\n', ["http a:80"]),
    "a dashboard": ('"schemaVersion": 1\n"url": "http://a:80"\n"panels": []\n', []),
    "a dashboard of old": ('"schemaVersion": 1\n"url": "http://a:80"\n"rows": []\n', []),
    "host above port": ("host: db\nport: 5432\n", ["db:5432"]),
    "host above port, lines as of Windows": ("host: db\r\nport: 5432\r\n", ["db:5432"]),
    "host above port, a line between": ("host: db\n#####\nport: 5432\n", ["db"]),
    "an SRV name says its port": (
        "host: _grpc._tcp.api.shop.svc.cluster.local\nport: 90\n",
        ["api.shop.svc.cluster.local:grpc"],
    ),
    "a port that is filled in is said": ("host: api.shop:{{port}}\nport: 81\n", ["api.shop open"]),
}


@pytest.mark.parametrize(("text", "expected"), FILES.values(), ids=FILES.keys())
def test_file(text: str, expected: list[str], hosts: Hosts, made: Any) -> None:
    settings = made("ConfigMap", "settings", data={"app.yaml": text})
    spec = {"volumes": [{"name": "v", "configMap": {"name": "settings"}}]}
    assert hosts(settings, spec=spec, volumeMounts=[{"name": "v", "mountPath": "/v"}]) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        pytest.param(".".join(["a" * 50] * 5)[:253], True, id="DNS-17-253"),
        pytest.param(".".join(["a" * 50] * 6)[:254], False, id="DNS-17-254"),
        pytest.param("1_2", False, id="DNS-17-no-letter"),
        pytest.param("1-a", True, id="DNS-17-a-letter"),
    ],
)
def test_name(host: str, expected: bool) -> None:
    assert is_name(host) is expected


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        pytest.param(["--redis-host", "db"], ["db"], id="a flag and its value"),
        pytest.param(["--redis-host db", "cache"], [], id="a flag with a space is a word"),
        pytest.param(["--redis-host=db.shop", "cache"], ["db.shop"], id="a flag with its value"),
        pytest.param(["say --redis-host", "db"], [], id="a flag inside a text"),
    ],
)
def test_arguments(args: list[str], expected: list[str], hosts: Hosts) -> None:
    assert hosts(args=args) == expected


def test_a_variable_that_is_declared_below_stays_open(search: Any, deployment: Any) -> None:
    """REF-01: and one that something else fills in does so for its own reason."""
    env = [
        {"name": "A_URL", "value": "http://$(B)/"},
        {"name": "B", "value": "x"},
        {"name": "C_URL", "value": "http://${B}/"},
    ]
    assert [each.unresolved for each in search(deployment(env=env))] == [
        "$(B) is declared after 'A_URL', so it stays as it is written",
        "${B} is filled in by whatever reads the text",
    ]
