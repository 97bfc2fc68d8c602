"""PORT-02: what a Service port says that it speaks."""

import pytest

from ringtrue.cluster.protocols import spoken
from ringtrue.cluster.services import service

SERVICE = "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{%s}]}}"


@pytest.mark.parametrize(
    ("port", "scheme"),
    [
        pytest.param("port: 9, name: https", "https", id="name"),
        pytest.param("port: 9, name: http-web", "http", id="name with a suffix"),
        pytest.param("port: 9, name: httpd", "", id="another word"),
        pytest.param("port: 9, name: web, targetPort: https", "https", id="name of the target"),
        pytest.param("port: 9, name: http, appProtocol: HTTPS", "https", id="appProtocol first"),
        pytest.param("port: 80, name: web, appProtocol: grpc", "", id="another appProtocol"),
        pytest.param("port: 9, appProtocol: kubernetes.io/h2c", "http", id="clear text HTTP/2"),
        pytest.param("port: 443", "https", id="443"),
        pytest.param("port: 80", "http", id="80"),
        pytest.param("port: 443, targetPort: 8080", "", id="443 that leads to another number"),
        pytest.param("port: 80, name: web", "", id="80 under another name"),
    ],
)
def test_port_02_what_a_port_speaks(make_resource, port, scheme):
    assert spoken(service(make_resource(SERVICE % port)).ports[0]) == scheme
