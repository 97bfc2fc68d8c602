"""Stage one: the reason, the message and the hint for every way in which a name can miss."""

import pytest

from ringtrue.cluster.providers import Opening
from ringtrue.findings import Severity
from ringtrue.reachability.proof import Target
from ringtrue.reachability.reasons import Reason, Verdict
from ringtrue.references.reference import Certainty

NAMED = Certainty.NAMED

FORMS = ["api", "api.shop", "api.shop.svc", "api.shop.svc.cluster.local", "api.shop.svc.cluster.local.", "API.Shop.SVC"]


@pytest.mark.parametrize("host", FORMS)
def test_every_form_of_the_name_is_proved_from_its_own_namespace(ask, host):
    proof = ask(host, port=80)

    assert (proof.verdict, proof.reason) == (Verdict.PROVED, Reason.OK)
    assert proof.target == Target("shop", "api", 80, "web")


@pytest.mark.parametrize("host", FORMS[1:])
def test_every_qualified_form_is_proved_from_another_namespace(ask, host):
    assert ask(host, client="tools", port=80).verdict is Verdict.PROVED


MISSES = {
    "DNS-02 bare name across namespaces": (
        "api",
        {"client": "tools"},
        Reason.WRONG_NAMESPACE,
        None,
        "Deployment 'client' calls 'api', but Service 'api' is in namespace 'shop', not in its own namespace 'tools'",
        "did you mean 'api.shop'?",
    ),
    "DNS-03 namespace of another copy": (
        "api.tools.svc.cluster.local",
        {},
        Reason.WRONG_NAMESPACE,
        None,
        (
            "Deployment 'client' calls 'api.tools.svc.cluster.local', but Service 'api' is in namespace 'shop', "
            "not in namespace 'tools'"
        ),
        "did you mean 'api.shop.svc.cluster.local'?",
    ),
    "typo in the namespace": (
        "api.shpo.svc.cluster.local",
        {},
        Reason.WRONG_NAMESPACE,
        None,
        (
            "Deployment 'client' calls 'api.shpo.svc.cluster.local', but Service 'api' is in namespace 'shop', "
            "not in namespace 'shpo'"
        ),
        "did you mean 'api.shop.svc.cluster.local'?",
    ),
    "typo in the Service": (
        "apii.shop.svc",
        {},
        Reason.NXDOMAIN,
        None,
        "Deployment 'client' calls 'apii.shop.svc', but namespace 'shop' has no Service 'apii'",
        "did you mean 'api.shop.svc'?",
    ),
    "bare name that nobody has": (
        "warehouse",
        {},
        Reason.NXDOMAIN,
        None,
        "Deployment 'client' calls 'warehouse', but its own namespace 'shop' has no Service 'warehouse'",
        "",
    ),
    "only the key says host, no near name": (
        "warehouse",
        {"certainty": NAMED},
        Reason.NXDOMAIN,
        Severity.WARNING,
        "Deployment 'client' calls 'warehouse', but its own namespace 'shop' has no Service 'warehouse'",
        "",
    ),
    "only the key says host, near name": (
        "apii",
        {"certainty": NAMED},
        Reason.NXDOMAIN,
        None,
        "Deployment 'client' calls 'apii', but its own namespace 'shop' has no Service 'apii'",
        "did you mean 'api'?",
    ),
    "namespace without a Service": (
        "shop.svc.cluster.local",
        {},
        Reason.NODATA,
        None,
        "Deployment 'client' calls 'shop.svc.cluster.local', which names the namespace 'shop' and no Service",
        "put the Service in front: 'service.shop.svc.cluster.local'",
    ),
    "namespace forgotten": (
        "api.svc.cluster.local",
        {},
        Reason.NXDOMAIN,
        None,
        "Deployment 'client' calls 'api.svc.cluster.local', which names the namespace 'api' and no Service",
        "did you mean 'api.shop.svc.cluster.local'?",
    ),
    "DNS-04 svc forgotten": (
        "api.shop.cluster.local",
        {},
        Reason.NXDOMAIN,
        None,
        "Deployment 'client' calls 'api.shop.cluster.local', which is no name of a Service under 'cluster.local'",
        "did you mean 'api.shop.svc.cluster.local'?",
    ),
    "DNS-04 another domain": (
        "api.shop.svc.corp.internal",
        {},
        Reason.RESOLVER_DEPENDENT,
        None,
        "Deployment 'client' calls 'api.shop.svc.corp.internal': this cluster's domain is taken to be 'cluster.local'",
        "set [cluster] domain if the cluster has another",
    ),
    "DNS-04 the default domain where another is declared": (
        "api.shop.svc.cluster.local",
        {"profile": {"domain": "corp.example"}},
        Reason.NXDOMAIN,
        None,
        "Deployment 'client' calls 'api.shop.svc.cluster.local', which is no name of a Service under 'corp.example'",
        "did you mean 'api.shop.svc.corp.example'?",
    ),
    "DNS-04 the default domain in a namespace that nothing fills": (
        "redis.cache.svc.cluster.local",
        {"profile": {"domain": "corp.example"}},
        Reason.NXDOMAIN,
        None,
        "Deployment 'client' calls 'redis.cache.svc.cluster.local', which is no name of a Service under 'corp.example'",
        "did you mean 'redis.cache.svc.corp.example'?",
    ),
    "DNS-04 the default domain, declared external": (
        "redis.cache.svc.cluster.local",
        {"profile": {"domain": "corp.example"}, "scope": {"external": {("cache", "redis"): frozenset()}}},
        Reason.EXTERNAL,
        None,
        "'redis.cache.svc.cluster.local' is declared under [[external]]",
        "",
    ),
    "foreign namespace": (
        "redis.cache.svc",
        {},
        Reason.FOREIGN_NAMESPACE,
        None,
        (
            "Deployment 'client' calls 'redis.cache.svc': nothing seen here fills namespace 'cache', "
            "so whether it has that Service is not known"
        ),
        "",
    ),
    "foreign namespace of a complete cluster": (
        "redis.cache.svc",
        {"profile": {"complete": True}},
        Reason.NXDOMAIN,
        None,
        "Deployment 'client' calls 'redis.cache.svc', but nothing fills namespace 'cache'",
        "",
    ),
    "namespace of another cluster": (
        "redis.cache.svc",
        {"scope": {"elsewhere": {"cache": "west"}}},
        Reason.NXDOMAIN,
        None,
        "Deployment 'client' calls 'redis.cache.svc', but namespace 'cache' is filled on cluster 'west' only",
        "",
    ),
    "open namespace": (
        "redis",
        {"scope": {"open": {"shop": (Opening("holds HelmRelease shop/redis"),)}}},
        Reason.OPEN_NAMESPACE,
        None,
        (
            "Deployment 'client' calls 'redis': no Service 'redis' is seen in namespace 'shop', "
            "but the namespace holds HelmRelease shop/redis"
        ),
        "list it under [[external]] with a reason",
    ),
    "declared external": (
        "redis.cache.svc",
        {"scope": {"external": {("cache", "redis"): frozenset()}}},
        Reason.EXTERNAL,
        None,
        "'redis.cache.svc' is declared under [[external]]",
        "",
    ),
    "outside": ("api.example.com", {}, Reason.EXTERNAL, None, "'api.example.com' is outside the cluster", ""),
    "unresolved": (
        "",
        {"unresolved": "$(API) is not set in this container"},
        Reason.UNRESOLVED_TEXT,
        None,
        (
            "Deployment 'client': the address in env API_HOST is not known before the pod runs: "
            "$(API) is not set in this container"
        ),
        "",
    ),
}


@pytest.mark.parametrize("case", MISSES)
def test_a_name_without_answer_says_why_and_what_was_meant(ask, case):
    host, how, reason, severity, message, hint = MISSES[case]

    proof = ask(host, **how)

    assert (proof.reason, proof.severity, proof.message, proof.hint) == (reason, severity, message, hint)
    assert proof.verdict is reason.verdict


def test_a_leaf_whose_sibling_has_the_service_only_warns(ask):
    proof = ask("redis", scope={"leaf": True, "siblings": {"redis": ("overlays/cache",)}})

    assert (proof.reason, proof.severity) == (Reason.NXDOMAIN, Severity.WARNING)
    assert proof.hint == "'overlays/cache' has a Service of that name"


@pytest.mark.parametrize("scope", [{}, {"leaf": True}], ids=["declared", "undeclared"])
def test_a_caller_whose_namespace_is_written_knows_its_own_service_by_the_port(ask, scope):
    proof = ask("api.elsewhere.svc", port=80, scope=scope)

    assert (proof.reason, proof.target) == (Reason.WRONG_NAMESPACE, Target("shop", "api"))


def test_the_very_name_in_another_folder_goes_before_one_that_is_only_alike(ask):
    proof = ask("api-relay", add=RELATED, scope={"leaf": True, "siblings": {"api-relay": ("overlays/relay",)}})

    assert (proof.severity, proof.hint) == (Severity.WARNING, "'overlays/relay' has a Service of that name")


def test_another_word_of_the_name_is_no_slip(ask):
    proof = ask("api-relay", certainty=NAMED, add=RELATED)

    assert (proof.reason, proof.severity) == (Reason.NXDOMAIN, Severity.WARNING)
    assert proof.hint == "did you mean 'api-replay-ui'?"


RELATED = """
apiVersion: v1
kind: Service
metadata: {name: api-replay-ui, namespace: shop}
spec: {selector: {app: api}, ports: [{port: 80}]}
"""


def test_the_deployment_s_name_leads_to_its_service(ask):
    proof = ask("dep-web", add=DEPLOYMENT_AND_SERVICE)

    assert proof.reason is Reason.NXDOMAIN
    assert proof.hint == "'dep-web' is a Deployment, not a Service: its Service is 'web'"


DEPLOYMENT_AND_SERVICE = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: dep-web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
"""

STAGING = {"own": frozenset({"shop"}), "environment_of": {"shop": "prod", "tools": "staging"}}


def test_calling_another_environment_is_an_error_when_the_own_one_has_the_service(ask):
    proof = ask("api.tools.svc", add=DEPLOYMENT_AND_SERVICE, scope=STAGING)

    assert (proof.reason, proof.severity) == (Reason.LEAVES_ENVIRONMENT, None)
    assert proof.hint == "did you mean 'api.shop.svc'?"


def test_calling_another_environment_that_answers_is_an_error_when_the_own_one_has_the_service(ask):
    other = "{apiVersion: v1, kind: Service, metadata: {name: api, namespace: tools}, spec: {ports: [{port: 80}]}}"

    proof = ask("api.tools.svc", add=other, scope=STAGING)

    assert (proof.reason, proof.severity) == (Reason.LEAVES_ENVIRONMENT, None)
    assert proof.message == (
        "Deployment 'client' of environment 'prod' calls 'api.tools.svc', "
        "which is in namespace 'tools' of environment 'staging'"
    )
    assert proof.hint == "did you mean 'api.shop.svc'?"


def test_calling_another_environment_is_a_warning_when_only_it_has_the_service(ask):
    other = "{apiVersion: v1, kind: Service, metadata: {name: bus, namespace: tools}, spec: {ports: [{port: 80}]}}"

    proof = ask("bus.tools.svc", add=other, scope=STAGING)

    assert (proof.reason, proof.severity) == (Reason.LEAVES_ENVIRONMENT, Severity.WARNING)
    assert proof.hint == "list 'tools' under [environments] shared if it is meant"


def test_a_shared_namespace_may_be_called(ask):
    other = DEPLOYMENT_AND_SERVICE.replace("shop", "tools")

    assert ask("web.tools.svc", add=other, scope={**STAGING, "shared": frozenset({"tools"})}).verdict is Verdict.PROVED


def test_an_endpoint_of_a_service_named_like_the_namespace_shadows_it(ask):
    shadow = """
apiVersion: v1
kind: Pod
metadata: {name: redis-0, namespace: shop, labels: {app: other}}
spec: {hostname: api, subdomain: tools, containers: [{name: c, image: i}]}
---
apiVersion: v1
kind: Service
metadata: {name: tools, namespace: shop}
spec: {clusterIP: None, selector: {app: other}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: tools}
spec: {selector: {app: client}, ports: [{port: 80}]}
"""
    proof = ask("api.tools", add=shadow)

    assert proof.reason is Reason.SHADOWED
    assert proof.message == (
        "Deployment 'client' calls 'api.tools', which reaches a pod of Service 'shop/tools', not Service 'tools/api'"
    )
    assert proof.hint == "write 'api.tools.svc'"


def test_a_rejected_service_is_blamed_itself(ask):
    twice = """
apiVersion: v1
kind: Service
metadata: {name: twice, namespace: shop}
spec: {selector: {app: api}, ports: [{name: a, port: 80}, {name: b, port: 80}]}
"""
    proof = ask("twice", add=twice, port=80)

    assert proof.reason is Reason.TARGET_REJECTED
    assert (proof.blame.resource.name, proof.blame.route[:3]) == ("twice", ("spec", "ports", 1))


@pytest.mark.parametrize(
    ("external", "reason"),
    [
        ("api.shop.svc.cluster.local", Reason.OK),
        ("api.example.com", Reason.EXTERNAL),
        ("gone.shop.svc.cluster.local", Reason.NODATA),
    ],
)
def test_dns_16_an_alias_is_followed(ask, external, reason):
    alias = (
        "{apiVersion: v1, kind: Service, metadata: {name: alias, namespace: shop}, "
        f"spec: {{type: ExternalName, externalName: {external}}}}}"
    )

    assert ask("alias", add=alias, port=80).reason is reason


def test_dns_09_host_network_does_not_ask_the_cluster_s_dns(ask):
    world = """
apiVersion: v1
kind: Pod
metadata: {name: client, namespace: shop}
spec: {hostNetwork: true, containers: [{name: curl, image: curl}]}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {ports: [{port: 80}]}
"""
    proof = ask("api.shop.svc.cluster.local", world=world, port=80)

    assert proof.reason is Reason.NXDOMAIN
    assert proof.message == (
        "Pod 'client' calls 'api.shop.svc.cluster.local', but its pods do not ask the cluster's DNS: "
        "hostNetwork: true without dnsPolicy: ClusterFirstWithHostNet"
    )
    assert proof.hint == "set dnsPolicy: ClusterFirstWithHostNet"


def test_dns_12_a_statefulset_has_no_more_pods_than_replicas(ask):
    world = """
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 2
  serviceName: db
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: db}]}}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
"""
    assert ask("db-1.db", add=world, port=5432).verdict is Verdict.PROVED

    proof = ask("db-2.db.shop.svc", add=world, port=5432)

    assert proof.reason is Reason.NXDOMAIN
    assert proof.message == (
        "Deployment 'client' calls 'db-2.db.shop.svc', but no pod of Service 'shop/db' has the host name 'db-2': "
        "it selects StatefulSet 'db'"
    )


def test_a_lookup_command_needs_the_name_only(ask):
    proof = ask("api.shop.svc", scheme="dns")

    assert proof.verdict is Verdict.PROVED
    assert [step.stage for step in proof.steps] == ["name"]


def test_the_walk_is_told(ask):
    proof = ask("api.shop.svc.cluster.local", port=80)

    assert proof.steps[0].evidence == (
        "4 dots < ndots 5: search list first, 3 x NXDOMAIN, then as is -> Service shop/api"
    )


def test_a_known_host_is_looked_up_although_its_port_is_open(ask):
    gone = ask("gone", unresolved="$PORT is not set in this container")
    there = ask("api", unresolved="$PORT is not set in this container")

    assert gone.reason is Reason.NXDOMAIN
    assert (there.reason, [step.stage.value for step in there.steps]) == (Reason.UNRESOLVED_TEXT, ["name", "port"])
