"""What somebody may write, where a change of one sign in the code would read it otherwise."""

from collections.abc import Callable
from typing import Any

import pytest

from ringtrue.references.hosts import is_name
from ringtrue.references.reference import Certainty

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
    "arithmetic over an answer": ("n=$(( $(curl x) + 1 )); curl y", ["http x:80", "http y:80"]),
    "a default of arithmetic and an answer": ("curl http://y${A:-$((1))$(curl x)}/", ["http x:80", "http ?:80 open"]),
    "a default that is an answer": ("curl http://${A:-$(curl x)}/", ["http x:80", "http ?:80 open"]),
    "arithmetic in double quotes": ('echo "$((1+1))"; curl x', ["http x:80"]),
    "a dollar at the end of double quotes": ('curl "http://x/?a=$"; curl z', ["http x:80", "http z:80"]),
    "a comment in brackets that ends in a quote": ("y=$(curl x # 'y'\n); curl z", ["http x:80", "http z:80"]),
    "a test of addresses over two lines": ("[[ $A == http://x ||\n $A == http://y ]]; curl z", ["http z:80"]),
    "a loop over two lines": ("for H \\\n in x y; do curl http://$H/; done", ["http x:80", "http y:80"]),
    "a comment that ends in a quote inside a word": ("curl x$(cat /h # 'y'\n):81", ["http ?:81 open"]),
    "an empty array": ("A=()\ncurl x", ["http x:80"]),
    "a command in brackets": ("true && (curl x); curl y", ["http x:80", "http y:80"]),
    "a file made by a command": ("curl -K <(cat /k) x", ["http x:80"]),
    "the longest end cut off": ("U=x.y.z; curl http://${U%%.*}/", ["http x:80"]),
    "the end that a variable holds cut off": ("U=x.y; S=.y; curl http://${U%$S}/", ["http x:80"]),
    "a command in quotes": ('"curl" x', ["http x:80"]),
    "printed to nowhere in quotes": ('echo http://x >"/dev/null"; curl y', ["http y:80"]),
    "select": ("select H in x y; do curl http://$H/; done", ["http x:80", "http y:80"]),
    "a part of a longer host under another name": ("DB_HOST=$H; curl http://$H.data/", ["http api.data:80"]),
    "alone and as a part of a longer host": ("curl $H; curl $H.data", ["http api:80", "http api.data:80"]),
    "a port in one use and none in another": ("curl $H; nc $H 81", ["http api:80", "tcp api:81"]),
    "an operand in capitals": ("nc README 80", ["tcp README:80"]),
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
        ("read A; curl x$A:81", "$A is only known when the script runs"),
    ],
    ids=["arithmetic", "backquotes", "braces", "read"],
)
def test_what_is_open_is_shown_as_it_is_written(script: str, why: str, search: Any, deployment: Any) -> None:
    (found,) = search(deployment(command=["sh", "-c", script]))
    assert (found.host, found.port, found.unresolved) == ("", 81, why)
    assert found.text == script.partition("curl ")[2].strip('"')


def test_a_script_that_kubelet_expands(hosts: Hosts) -> None:
    """REF-01, REF-03."""
    assert hosts(command=["sh", "-c", "diff <(curl http://$(H)) /a"], env=ENV) == ["http api:80"]


@pytest.mark.parametrize(
    ("script", "expected"),
    [("nc -u dns 53", "UDP"), ("nc db 5432", "TCP"), ("echo >/dev/udp/dns/53", "UDP"), ("curl x", "TCP")],
)
def test_the_protocol_of_a_command(script: str, expected: str, search: Any, deployment: Any) -> None:
    (found,) = search(deployment(command=["sh", "-c", script]))
    assert (found.protocol, found.certainty) == (expected, Certainty.SURE)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("NOTE", "redis:6379", Certainty.NAMED),
        ("NOTE", "redis.cache:6379", Certainty.SURE),
        ("REDIS_HOST", "redis:6379", Certainty.SURE),
        ("REDIS_HOST", "redis.cache:6379", Certainty.SURE),
        ("REDIS_HOST", "redis", Certainty.NAMED),
    ],
)
def test_how_certain_a_value_is_a_host(
    name: str, value: str, expected: Certainty, search: Any, deployment: Any
) -> None:
    (found,) = search(deployment(env=[{"name": name, "value": value}]))
    assert found.certainty is expected


def test_a_port_written_beside_the_host_is_the_one_to_edit(search: Any, deployment: Any) -> None:
    env = [{"name": "P", "value": "81"}]
    (found,) = search(deployment(command=["sh", "-c", "nc api $P; nc api 81"], env=env))
    assert (found.host, found.port, found.port_spot) == ("api", 81, None)


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
    "an SRV name says its port": (
        "host=_grpc._tcp.api.shop.svc.cluster.local port=90",
        ["api.shop.svc.cluster.local:grpc"],
    ),
    "a pattern that ends in a dollar": ("api.shop.svc:80/$", ["api.shop.svc:80"]),
    "two lines": ("a: http://x:80\nb: http://y:81", ["http x:80", "http y:81"]),
    "a port behind": ("see api.shop.svc:81 for more", ["api.shop.svc:81"]),
}


@pytest.mark.parametrize(("value", "expected"), VALUES.values(), ids=VALUES.keys())
def test_value(value: str, expected: list[str], hosts: Hosts) -> None:
    assert hosts(env=[{"name": "NOTE", "value": value}]) == expected


def test_a_low_port_under_a_key_for_hosts(hosts: Hosts) -> None:
    assert hosts(env=[{"name": "GIT_HOST", "value": "git:22"}, {"name": "NOTE", "value": "node:20"}]) == ["git:22"]


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
    "a call that is given an ADO.NET string": ('connect("Server=db,1433;Database=shop")\n', ["db:1433"]),
    "a name without a key above a port": ('("api.shop.svc")\nport: 81\n', ["api.shop.svc"]),
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


NGINX = {
    "a port in a header": (
        "proxy_pass http://$b; proxy_set_header Host $b:8443;",
        ["api.shop.svc.cluster.local"],
    ),
    "a variable in a header": (
        "proxy_pass http://x.shop.svc.cluster.local:80; add_header B $b;",
        ["http x.shop.svc.cluster.local:80"],
    ),
}


@pytest.mark.parametrize(("passed", "expected"), NGINX.values(), ids=NGINX.keys())
def test_nginx(passed: str, expected: list[str], hosts: Hosts, made: Any) -> None:
    text = f"server {{\n set $b api.shop.svc.cluster.local;\n location / {{ {passed} }}\n}}\n"
    settings = made("ConfigMap", "settings", data={"nginx.conf": text})
    spec = {"volumes": [{"name": "v", "configMap": {"name": "settings"}}]}
    assert hosts(settings, spec=spec, volumeMounts=[{"name": "v", "mountPath": "/v"}]) == expected


@pytest.mark.parametrize(("sub_path", "expected"), [("conf", ["http a:80"]), ("conf/", ["http a:80"]), ("con", [])])
def test_a_folder_of_a_volume(sub_path: str, expected: list[str], hosts: Hosts, made: Any) -> None:
    settings = made("ConfigMap", "settings", data={"app.yaml": "url: http://a:80"})
    items = [{"key": "app.yaml", "path": "conf/app.yaml"}]
    spec = {"volumes": [{"name": "v", "configMap": {"name": "settings", "items": items}}]}
    mounts = [{"name": "v", "mountPath": "/v", "subPath": sub_path}]
    assert hosts(settings, spec=spec, volumeMounts=mounts) == expected


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
        pytest.param(["--name=my-host", "cache"], [], id="a flag whose value ends in host"),
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
