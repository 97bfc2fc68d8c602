package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

type greeting struct {
	Renderer string `json:"renderer"`
	Version  string `json:"version"`
}

type started struct {
	ID      int  `json:"id"`
	Started bool `json:"started"`
}

// request asks for one source. Root is absolute; Path is relative to it.
type request struct {
	ID      int    `json:"id"`
	Root    string `json:"root"`
	Path    string `json:"path"`
	Form    string `json:"form"`    // kustomize, yaml (the text of `kustomize build`) or file (plain YAML or JSON)
	Values  bool   `json:"values"`  // give the resources
	Origins bool   `json:"origins"` // say where each resource comes from
}

// answer holds resources as JSON, and for each the place it comes from; Error is Kustomize's own text.
type answer struct {
	ID        int               `json:"id"`
	Resources []json.RawMessage `json:"resources"`
	Origins   []*origin         `json:"origins,omitempty"`
	YAML      string            `json:"yaml,omitempty"`
	Error     string            `json:"error,omitempty"`
}

// origin is root-relative; Line is where a document of a plain file starts.
type origin struct {
	Path         string `json:"path"`
	Line         int    `json:"line,omitempty"`
	ConfiguredIn string `json:"configured_in,omitempty"`
}

// handle answers one request; a panic in Kustomize becomes that source's error.
func handle(r request, begin func()) (a answer) {
	defer func() {
		if problem := recover(); problem != nil {
			a = answer{Error: fmt.Sprintf("panic: %v", problem)}
		}
		a.ID = r.ID
	}()
	root, err := filepath.EvalSymlinks(r.Root)
	if err != nil {
		begin()
		return answer{Error: err.Error()}
	}
	tree := newLayer(filesys.MakeFsOnDisk(), root)
	if r.Form == "file" {
		begin()
		return readFile(tree, r.Path)
	}
	return render(tree, r, begin)
}
