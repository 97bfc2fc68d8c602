"""The client's loop and the smoke test, as this repository runs them."""

from typing import Any

import pytest

HOST = "svc-clusterip-httpd.httpd-prod.svc.cluster.local"
LOOP = """\
trap 'exit 0' TERM
while true; do
  curl --fail --silent --show-error --max-time 5 "http://$HTTPD_HOST/" || echo "no page from $HTTPD_HOST" >&2
  sleep "$PAUSE_SECONDS" & wait $!
done
"""
SMOKE_TEST = """\
page=$(curl --fail --silent --show-error --max-time 5 --retry 5 --retry-connrefused "http://$HTTPD_HOST/")
echo "$page"
[[ $page == "The pod, "*" is displaying this page." ]]
"""
SERVER = """\
echo "The pod, $HOSTNAME is displaying this page." > /srv/page/index.html
exec httpd -D FOREGROUND -f /etc/httpd/httpd.conf
"""


@pytest.mark.parametrize(("flags", "script"), [("-c", LOOP), ("-ec", SMOKE_TEST)], ids=["client", "smoke test"])
def test_one_reference_in_the_variable(flags: str, script: str, search: Any, deployment: Any) -> None:
    env = [{"name": "HTTPD_HOST", "value": HOST}, {"name": "PAUSE_SECONDS", "value": "10"}]
    web = deployment(env=env, command=["/bin/bash", flags], args=[script])
    (found,) = search(web)
    container = ("spec", "template", "spec", "containers", 0)
    assert (found.via, found.field, found.text) == ("env", "env HTTPD_HOST", HOST)
    assert (found.host, found.port, found.scheme, found.protocol, found.certainty) == (HOST, 80, "http", "TCP", "sure")
    assert (found.spot.route, found.port_spot.route) == ((*container, "env", 0, "value"), (*container, "args", 0))
    assert found.unresolved == ""


def test_server_calls_nobody(hosts: Any) -> None:
    assert hosts(command=["/bin/bash", "-ec"], args=[SERVER]) == []


def test_tutorial_pod(search: Any, made: Any) -> None:
    script = "while true; do curl http://svc-clusterip-httpd; sleep 10; done"
    pod = made("Pod", "pod-centos", spec={"containers": [{"name": "centos", "command": ["/bin/sh", "-c", script]}]})
    assert [(r.field, r.host, r.port) for r in search(pod)] == [("command[2]", "svc-clusterip-httpd", 80)]
