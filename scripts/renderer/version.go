package main

// kustomizeVersion is the release whose modules go.mod names: api and kyaml v0.21.1 are Kustomize 5.8.1. It is the
// one place to change with go.mod; scripts/build_renderer.py reads it to stamp `managedByLabel` as the release does.
const kustomizeVersion = "5.8.1"
