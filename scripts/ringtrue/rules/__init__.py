"""The rules: one module each. Its docstring is its page, `check` yields what is wrong in one environment."""

from ringtrue.rules import (
    claim_missing,
    config_key_missing,
    hpa_target_missing,
    ingress_backend_missing,
    kustomize_field_deprecated,
    monitor_port_missing,
    monitor_selects_nothing,
    networkpolicy_selects_nothing,
    object_rejected,
    pdb_blocks_drain,
    pdb_selects_nothing,
    probe_port_missing,
    reference_unqualified,
    remote_base_unpinned,
    resource_duplicated,
    route_backend_missing,
    schema_invalid,
    service_port_unserved,
    service_selects_nothing,
    service_selects_strangers,
    serviceaccount_missing,
    statefulset_service_missing,
    webhook_service_missing,
    workload_selector_mismatch,
    workload_selectors_overlap,
)
from ringtrue.rules._pages import PAGES, Page
from ringtrue.rules._rule import Rule

RULES: tuple[Rule, ...] = (
    schema_invalid,
    object_rejected,
    resource_duplicated,
    workload_selector_mismatch,
    service_selects_nothing,
    service_selects_strangers,
    workload_selectors_overlap,
    networkpolicy_selects_nothing,
    pdb_selects_nothing,
    pdb_blocks_drain,
    monitor_selects_nothing,
    hpa_target_missing,
    service_port_unserved,
    probe_port_missing,
    monitor_port_missing,
    reference_unqualified,
    ingress_backend_missing,
    route_backend_missing,
    webhook_service_missing,
    statefulset_service_missing,
    config_key_missing,
    serviceaccount_missing,
    claim_missing,
    kustomize_field_deprecated,
    remote_base_unpinned,
)
"""In the order in which they run; reports sort by place."""

__all__ = ["PAGES", "RULES", "Page", "Rule"]
