package main

import (
	"os"
	"path/filepath"
	"testing"
)

// What the edits make of a kustomization is held against Argo CD's own calls by tests/rendering/test_overrides.py.
func TestEditsStayInTheLayer(t *testing.T) {
	root := planted(t, map[string]string{"kustomization.yaml": "resources: []\n"})
	name := filepath.Join(root, "kustomization.yaml")
	for _, tree := range []layer{opened(t, root), newLayer(newDisk(), root)} {
		o := &overrides{Edits: [][]string{{"set", "namespace", "--", "dev"}}, Patches: []map[string]any{{"path": "p.yaml"}}}
		if err := o.apply(tree, root); err != nil {
			t.Fatal(err)
		}
		want := "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: dev\npatches:\n- path: p.yaml\n"
		if content, err := tree.ReadFile(name); err != nil || string(content) != want {
			t.Errorf("in the layer: got %q, %v", content, err)
		}
		if content, _ := os.ReadFile(name); string(content) != "resources: []\n" {
			t.Errorf("on disk: got %q", content)
		}
	}
}

func TestPatchesNeedAMappingAndAList(t *testing.T) {
	for text, want := range map[string]string{
		"- a\n":            "the kustomization is no mapping, so patches cannot be added to it",
		"patches: {}\n":    "patches of the kustomization is no list, so patches cannot be added to it",
		"patches:\n":       "patches of the kustomization is no list, so patches cannot be added to it",
		"patches: []\n":    "",
		"resources: [a]\n": "",
	} {
		root := planted(t, map[string]string{"kustomization.yaml": text})
		o := &overrides{Patches: []map[string]any{{"path": "p.yaml"}}}
		if got := words(o.apply(newLayer(newDisk(), root), root)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
