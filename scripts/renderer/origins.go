package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

// withOriginAnnotations gives the tree with `buildMetadata: [originAnnotations]` in the kustomization of directory.
// An empty kustomization is left alone: the field alone would make it a valid one.
func withOriginAnnotations(tree layer, directory string) (layer, error) {
	name, raw, ok := kustomizationIn(tree, directory)
	if !ok {
		return tree, nil
	}
	var parsed types.Kustomization
	if err := parsed.Unmarshal(raw); err != nil || parsed.CheckEmpty() != nil {
		return tree, nil // Kustomize says what is wrong
	}
	text, err := yaml.YAMLToJSON(raw)
	if err != nil {
		return tree, err
	}
	var fields map[string]any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&fields); err != nil {
		return tree, err
	}
	fields["buildMetadata"] = append(parsed.BuildMetadata, types.OriginAnnotations)
	changed, err := json.Marshal(fields)
	if err != nil {
		return tree, err
	}
	annotated := tree.copied()
	annotated.changed[name] = changed
	return annotated, nil
}

// kustomizationIn finds the kustomization file of a directory; name is real, so that it is what the loader asks for.
func kustomizationIn(tree layer, directory string) (name string, content []byte, ok bool) {
	for _, candidate := range konfig.RecognizedKustomizationFileNames() {
		real, exists := tree.real(filepath.Join(directory, candidate))
		if !exists || tree.IsDir(real) {
			continue
		}
		if content, err := tree.ReadFile(real); err == nil {
			return real, content, true
		}
	}
	return "", nil, false
}
