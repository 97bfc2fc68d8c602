package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
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
	Form    string `json:"form"`    // kustomize, yaml (the text of `kustomize build`), file (plain YAML or JSON) or template
	Values  bool   `json:"values"`  // give the resources
	Origins bool   `json:"origins"` // say where each resource comes from

	Expansion *expansion `json:"expansion"` // form template: no files are read

	Overrides *overrides `json:"overrides"` // what Argo CD edits before it builds

	// Revision is a commit or a name for one, "" for the disk. Repository is its git directory, and Root stands for the
	// top of its tree then, wherever that is; Folder is where in the tree Path begins.
	Revision   string `json:"revision"`
	Repository string `json:"repository"`
	Folder     string `json:"folder"`
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
func handle(r request, known *repositories, begin func()) (a answer) {
	defer func() {
		if problem := recover(); problem != nil {
			a = answer{Error: fmt.Sprintf("panic: %v", problem)}
		}
		a.ID = r.ID
	}()
	if r.Expansion != nil {
		begin()
		return expand(*r.Expansion)
	}
	var fault error
	tree, err := treeOf(r, known, &fault)
	if err != nil {
		begin()
		return answer{Error: err.Error()}
	}
	if r.Form == "file" {
		begin()
		a = readFile(tree, r.Path)
	} else {
		a = render(tree, r, begin)
	}
	if fault != nil {
		return answer{Error: fault.Error()}
	}
	return a
}

func treeOf(r request, known *repositories, fault *error) (layer, error) {
	if r.Revision == "" {
		root, err := filepath.EvalSymlinks(r.Root)
		return newLayer(newDisk(), root), err
	}
	tree, err := known.open(r.Repository, r.Revision)
	if err != nil {
		return layer{}, err
	}
	root := filepath.Join(r.Root, filepath.FromSlash(r.Folder))
	return newLayer(revision{tree, r.Root, fault}, root), nil
}
