"""The table behind `providers`: custom groups and kinds by what their controllers make.

A kind that stands nowhere here may make anything. In doubt a pattern is wide: a Service that is taken for possible
costs a note, one that is taken for impossible costs a false error.
"""

from collections.abc import Mapping

INERT_GROUPS = frozenset(
    """
    access.smi-spec.io acme.cert-manager.io actions.summerwind.dev appmesh.k8s.aws
    autoscaling.k8s.io bitnami.com build.openshift.io cdi.kubevirt.io cert-manager.io chaos-mesh.org cilium.io
    cloud.google.com config.openshift.io configuration.konghq.com console.openshift.io constraints.gatekeeper.sh
    crd.k8s.amazonaws.com crd.projectcalico.org dapr.io elbv2.k8s.aws external-secrets.io gateway.solo.io
    generators.external-secrets.io getambassador.io image.openshift.io image.toolkit.fluxcd.io
    infra.contrib.fluxcd.io isindir.github.com jetstream.nats.io k8s.nginx.org karpenter.k8s.aws karpenter.sh
    keda.sh kubernetes-client.io kustomize.toolkit.fluxcd.io kyverno.io linkerd.io litmuschaos.io metallb.io
    metallb.universe.tf mutations.gatekeeper.sh networking.gke.io networking.istio.io notification.toolkit.fluxcd.io
    oauth.openshift.io policy.linkerd.io policy.networking.k8s.io project.openshift.io projectcalico.org
    projectcontour.io ricoberger.de route.openshift.io secretgenerator.mittwald.de secrets-store.csi.x-k8s.io
    secrets.hashicorp.com security.istio.io security.openshift.io snapshot.storage.k8s.io source.toolkit.fluxcd.io
    specs.smi-spec.io split.smi-spec.io spv.no telemetry.istio.io templates.gatekeeper.sh traefik.containo.us
    traefik.io user.openshift.io velero.io vpcresources.k8s.aws wgpolicyk8s.io
    """.split()
)
"""Groups whose objects make no Service and no pod that the manifests do not show."""

INERT_SUFFIXES = (".services.k8s.aws", ".cnrm.cloud.google.com", "cluster.x-k8s.io", "kueue.x-k8s.io")
"""Ends of groups whose objects stand for something outside the cluster, or only steer what is in it."""

INERT: Mapping[str, str] = {
    "acid.zalan.do": "OperatorConfiguration PostgresTeam",
    "argoproj.io": "AnalysisRun AnalysisTemplate AppProject Application ApplicationSet ClusterAnalysisTemplate "
    "WorkflowTemplate",
    "camel.apache.org": "Build CamelCatalog IntegrationKit IntegrationPlatform Kamelet",
    "cluster.redpanda.com": "Schema Topic User",
    "eventing.knative.dev": "EventPolicy EventType Trigger",
    "flagger.app": "AlertProvider MetricTemplate",
    "gateway.networking.k8s.io": "BackendTLSPolicy GRPCRoute HTTPRoute ReferenceGrant TCPRoute TLSRoute UDPRoute",
    "grafana.integreatly.org": "GrafanaAlertRuleGroup GrafanaContactPoint GrafanaDashboard GrafanaDatasource "
    "GrafanaFolder GrafanaMuteTiming GrafanaNotificationPolicy GrafanaNotificationTemplate",
    "helm.cattle.io": "HelmChartConfig",
    "k8s.keycloak.org": "KeycloakRealmImport",
    "k8s.mariadb.com": "Backup Connection Database Grant Restore SqlJob User",
    "kafka.strimzi.io": "KafkaConnector KafkaNodePool KafkaRebalance KafkaTopic KafkaUser",
    "logging.banzaicloud.io": "ClusterFlow ClusterOutput Flow Output",
    "loki.grafana.com": "AlertingRule RecordingRule RulerConfig",
    "monitoring.coreos.com": "AlertmanagerConfig PodMonitor Probe PrometheusRule ScrapeConfig ServiceMonitor",
    "opentelemetry.io": "Instrumentation",
    "operator.victoriametrics.com": "VMAlertmanagerConfig VMNodeScrape VMPodScrape VMProbe VMRule VMScrapeConfig "
    "VMServiceScrape VMStaticScrape VMUser",
    "operators.coreos.com": "OperatorGroup",
    "platform.confluent.io": "ClusterLink ConfluentRolebinding Connector KafkaRestClass KafkaTopic Schema",
    "postgresql.cnpg.io": "Backup Database ImageCatalog Publication ScheduledBackup Subscription",
    "rabbitmq.com": "Binding Exchange Federation OperatorPolicy Permission Policy Queue SchemaReplication Shovel "
    "SuperStream TopicPermission User Vhost",
    "serving.kserve.io": "ServingRuntime TrainedModel",
    "tekton.dev": "ClusterTask Pipeline StepAction Task",
    "triggers.tekton.dev": "ClusterInterceptor Interceptor Trigger TriggerBinding TriggerTemplate",
}
"""Kinds of the same sort in groups that have others."""

OPERATORS: Mapping[str, str] = {
    "acid.zalan.do postgresql": "{} {}-repl {}-config {}-pooler {}-pooler-repl",
    "apm.k8s.elastic.co ApmServer": "{}-apm-http",
    "agent.k8s.elastic.co Agent": "{}-agent-http",
    "agones.dev Fleet": "",
    "agones.dev GameServer": "",
    "apps.kruise.io CloneSet": "",
    "apps.kruise.io DaemonSet": "",
    "apps.kruise.io StatefulSet": "",
    "apps.openshift.io DeploymentConfig": "",
    "argoproj.io ArgoCD": "{}-*",
    "argoproj.io CronWorkflow": "",
    "argoproj.io EventBus": "eventbus-{}-*",
    "argoproj.io EventSource": "{}-eventsource-svc",
    "argoproj.io Experiment": "{}-*",
    "argoproj.io Rollout": "",
    "argoproj.io Sensor": "",
    "argoproj.io Workflow": "",
    "beat.k8s.elastic.co Beat": "",
    "camel.apache.org Integration": "{}",
    "camel.apache.org Pipe": "{}",
    "cassandra.datastax.com CassandraDatacenter": "*-{}-service *-{}-*-service *-seed-service",
    "cluster.redpanda.com Redpanda": "{} {}-*",
    "couchbase.com CouchbaseCluster": "{} {}-*",
    "crdb.cockroachlabs.com CrdbCluster": "{} {}-public",
    "database.arangodb.com ArangoDeployment": "{} {}-*",
    "databases.spotahome.com RedisFailover": "rfs-{} rfr-{} rfrm-{} rfrs-{}",
    "dragonflydb.io Dragonfly": "{} {}-*",
    "elasticsearch.k8s.elastic.co Elasticsearch": "{}-es-http {}-es-*",
    "enterprisesearch.k8s.elastic.co EnterpriseSearch": "{}-ent-http",
    "eventing.knative.dev Broker": "{}-*",
    "flagger.app Canary": "",
    "flink.apache.org FlinkDeployment": "{} {}-rest",
    "gateway.networking.k8s.io Gateway": "*{}*",
    "grafana.integreatly.org Grafana": "{}-service {}-alerting",
    "hazelcast.com Hazelcast": "{} {}-*",
    "infinispan.org Infinispan": "{} {}-*",
    "jaegertracing.io Jaeger": "{}-query {}-collector {}-*",
    "jobset.x-k8s.io JobSet": "{} {}-*",
    "k8s.keycloak.org Keycloak": "{}-service {}-discovery",
    "k8s.mariadb.com MariaDB": "{} {}-*",
    "k8s.mariadb.com MaxScale": "{} {}-*",
    "kafka.banzaicloud.io KafkaCluster": "{}-*",
    "kafka.strimzi.io Kafka": "{}-kafka-bootstrap {}-kafka-brokers {}-kafka-* {}-zookeeper-* {}-*-*-[0-9]*",
    "kafka.strimzi.io KafkaBridge": "{}-bridge-service",
    "kafka.strimzi.io KafkaConnect": "{}-connect-api {}-connect",
    "kafka.strimzi.io KafkaMirrorMaker2": "{}-mirrormaker2-api {}-mirrormaker2",
    "kibana.k8s.elastic.co Kibana": "{}-kb-http",
    "kubegres.reactive-tech.io Kubegres": "{} {}-replica",
    "kubeflow.org Notebook": "{} {}-*",
    "kubevirt.io VirtualMachine": "",
    "kubevirt.io VirtualMachineInstance": "",
    "leaderworkerset.x-k8s.io LeaderWorkerSet": "{} {}-*",
    "logging.banzaicloud.io Logging": "{}-*",
    "logstash.k8s.elastic.co Logstash": "{}-ls-*",
    "loki.grafana.com LokiStack": "{}-*",
    "machinelearning.seldon.io SeldonDeployment": "{} {}-*",
    "maps.k8s.elastic.co ElasticMapsServer": "{}-ems-http",
    "messaging.knative.dev Channel": "{}-kn-channel",
    "messaging.knative.dev InMemoryChannel": "{}-kn-channel",
    "minio.min.io Tenant": "minio {}-hl {}-console {}-*",
    "mongodb.com MongoDB": "{}-svc {}-svc-* {}-*",
    "mongodbcommunity.mongodb.com MongoDBCommunity": "{}-svc {}-svc-* {}-*-svc",
    "monitoring.coreos.com Alertmanager": "alertmanager-operated",
    "monitoring.coreos.com Prometheus": "prometheus-operated",
    "monitoring.coreos.com PrometheusAgent": "prometheus-agent-operated",
    "monitoring.coreos.com ThanosRuler": "thanos-ruler-operated",
    "mysql.oracle.com InnoDBCluster": "{} {}-instances",
    "mysql.presslabs.org MysqlCluster": "mysql {}-mysql {}-mysql-*",
    "nats.io NatsCluster": "{} {}-mgmt",
    "objectbucket.io ObjectBucketClaim": "",
    "opentelemetry.io OpAMPBridge": "{}-opamp-bridge",
    "opentelemetry.io OpenTelemetryCollector": "{}-collector {}-collector-* {}-targetallocator",
    "opentelemetry.io TargetAllocator": "{}-targetallocator",
    "operator.victoriametrics.com VMAgent": "vmagent-{} vmagent-{}-*",
    "operator.victoriametrics.com VMAlert": "vmalert-{} vmalert-{}-*",
    "operator.victoriametrics.com VMAlertmanager": "vmalertmanager-{} vmalertmanager-{}-*",
    "operator.victoriametrics.com VMAuth": "vmauth-{} vmauth-{}-*",
    "operator.victoriametrics.com VMCluster": "vminsert-{} vmselect-{} vmstorage-{} vm*-{}-*",
    "operator.victoriametrics.com VMSingle": "vmsingle-{} vmsingle-{}-*",
    "operators.coreos.com CatalogSource": "{}",
    "pgv2.percona.com PerconaPGCluster": "{}-*",
    "pingcap.com TidbCluster": "{}-*",
    "platform.confluent.io Connect": "{} {}-*",
    "platform.confluent.io ControlCenter": "{} {}-*",
    "platform.confluent.io KRaftController": "{} {}-*",
    "platform.confluent.io Kafka": "{} {}-*",
    "platform.confluent.io KsqlDB": "{} {}-*",
    "platform.confluent.io SchemaRegistry": "{} {}-*",
    "platform.confluent.io Zookeeper": "{} {}-*",
    "postgres-operator.crunchydata.com PostgresCluster": "{}-primary {}-replicas {}-pgbouncer {}-*",
    "postgresql.cnpg.io Cluster": "{}-rw {}-ro {}-r {}-any",
    "postgresql.cnpg.io Pooler": "{}",
    "psmdb.percona.com PerconaServerMongoDB": "{}-*",
    "pxc.percona.com PerconaXtraDBCluster": "{}-*",
    "rabbitmq.com RabbitmqCluster": "{} {}-nodes",
    "ray.io RayCluster": "{}-*",
    "ray.io RayJob": "{}-*",
    "ray.io RayService": "{}-*",
    "redis.redis.opstreelabs.in Redis": "{} {}-*",
    "redis.redis.opstreelabs.in RedisCluster": "{}-*",
    "redis.redis.opstreelabs.in RedisReplication": "{} {}-*",
    "redis.redis.opstreelabs.in RedisSentinel": "{}-*",
    "scylla.scylladb.com ScyllaCluster": "{}-*",
    "serving.knative.dev Configuration": "{}-*",
    "serving.knative.dev DomainMapping": "{}",
    "serving.knative.dev Route": "{}",
    "serving.knative.dev Service": "{} {}-*",
    "serving.kserve.io InferenceGraph": "{} {}-*",
    "serving.kserve.io InferenceService": "{} {}-*",
    "solr.apache.org SolrCloud": "{}-solrcloud-*",
    "sparkoperator.k8s.io ScheduledSparkApplication": "{}-*",
    "sparkoperator.k8s.io SparkApplication": "{}-*",
    "stackgres.io SGCluster": "{} {}-*",
    "tekton.dev PipelineRun": "",
    "tekton.dev TaskRun": "",
    "tempo.grafana.com TempoMonolithic": "tempo-{} tempo-{}-*",
    "tempo.grafana.com TempoStack": "tempo-{} tempo-{}-*",
    "triggers.tekton.dev EventListener": "el-{}",
    "vault.banzaicloud.com Vault": "{} {}-*",
    "zookeeper.pravega.io ZookeeperCluster": "{}-client {}-headless {}-admin-server",
}
"""By group and kind: patterns of the Services that an operator makes, `{}` for the object's name; "" for pods alone."""
