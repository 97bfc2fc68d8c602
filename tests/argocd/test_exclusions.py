"""Kinds that Argo CD leaves alone."""

import pytest

from ringtrue.argocd.exclusions import ALWAYS, DEFAULTS, Filter, exclusions, is_excluded

HERE = "https://kubernetes.default.svc"


@pytest.mark.parametrize(
    ("filters", "group", "kind", "expected"),
    [
        (DEFAULTS, "", "Endpoints", True),
        (DEFAULTS, "discovery.k8s.io", "EndpointSlice", True),
        (DEFAULTS, "", "Service", False),
        (DEFAULTS, "apps", "Endpoints", False),
        (DEFAULTS, "cert-manager.io", "CertificateRequest", True),
        (DEFAULTS, "cert-manager.io", "Certificate", False),
        (DEFAULTS, "wgpolicyk8s.io", "PolicyReport", True),
        (ALWAYS, "coordination.k8s.io", "Lease", True),
        (ALWAYS, "events.k8s.io", "Event", True),
        (ALWAYS, "", "Event", True),
        (ALWAYS, "", "Secret", False),
        ([Filter(("*.example.com",))], "db.example.com", "Database", True),
        ([Filter(("*.example.com",))], "example.org", "Database", False),
        ([Filter(kinds=("*",))], "apps", "Deployment", True),
        ([Filter(("",), ("Secret",), (HERE,))], "", "Secret", True),
        ([Filter(("",), ("Secret",), ("https://10.*",))], "", "Secret", False),
    ],
)
def test_is_excluded(filters: list[Filter], group: str, kind: str, expected: bool) -> None:
    assert is_excluded(filters, group, kind, HERE) is expected


@pytest.mark.parametrize(
    ("settings", "version", "expected"),
    [
        (None, (3, 6), DEFAULTS),
        (None, (2, 14), ()),
        ({}, (3, 6), ()),
        ({"resource.exclusions": ""}, (3, 6), ()),
        (
            {"resource.exclusions": "- apiGroups: ['', discovery.k8s.io]\n  kinds: [Endpoints]\n"},
            (3, 6),
            (Filter(("", "discovery.k8s.io"), ("Endpoints",)),),
        ),
        ({"resource.exclusions": "- clusters: ['*.local']\n- 7\n"}, (3, 6), (Filter(clusters=("*.local",)),)),
        ({"resource.exclusions": "a: [b"}, (3, 6), ()),
    ],
)
def test_exclusions(settings: dict[str, str] | None, version: tuple[int, int], expected: tuple[Filter, ...]) -> None:
    assert exclusions(settings, version) == expected
