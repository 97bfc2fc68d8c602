"""What a cluster would make of the manifests: pure functions over data, each held against a real component.

Knows nothing of files, git, Kustomize or rules; the rule ids (SEL-01, EP-01, DNS-03, ...) are those of the semantics
page.
"""
