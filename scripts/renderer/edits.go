package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/kustomize/v5/commands/edit"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

// overrides are what an Application's `spec.source.kustomize` does to the kustomization before the build, in Argo CD's
// order: `kustomize edit` with each list of arguments, then the patches by hand, then `kustomize edit add component`.
type overrides struct {
	Edits      [][]string       `json:"edits"`
	Patches    []map[string]any `json:"patches"`
	Components []string         `json:"components"`
	// IgnoreMissing leaves out components without a directory ("directory", Argo CD before 3.6), or takes the first one
	// with a kustomization alone ("first", what 3.6 does); "" takes all.
	IgnoreMissing string `json:"ignoreMissing"`
}

// apply edits the kustomization of directory in the layer; nothing is written to disk.
func (o *overrides) apply(tree layer, directory string) error {
	if o == nil {
		return nil
	}
	components := o.present(tree, directory)
	if problem := refusedComponent(tree, directory, components); problem != "" {
		return errors.New(problem)
	}
	desk := desk{layer: tree, directory: directory}
	for _, arguments := range o.Edits {
		if err := desk.edit(arguments); err != nil {
			return err
		}
	}
	if len(o.Patches) > 0 {
		if err := desk.addPatches(o.Patches); err != nil {
			return err
		}
	}
	if len(components) > 0 {
		return desk.edit(append([]string{"add", "component"}, components...))
	}
	return nil
}

func (o *overrides) present(tree layer, directory string) []string {
	if o.IgnoreMissing == "" {
		return o.Components
	}
	var found []string
	for _, component := range o.Components {
		// Joined as Argo CD does, so that an absolute name is looked for below the directory too.
		folder := filepath.Join(directory, component)
		if o.IgnoreMissing == "directory" && tree.Exists(folder) {
			found = append(found, component)
		}
		if _, _, ok := kustomizationIn(tree, folder); ok && o.IgnoreMissing == "first" {
			return []string{component}
		}
	}
	return found
}

// refusedComponent stops what `edit add component` would fetch.
func refusedComponent(tree layer, directory string, components []string) string {
	w := walker{tree: tree}
	for _, component := range components {
		if problem := w.problem(directory, entry{"components", component, rootRole}); problem != "" {
			return "spec.source.kustomize: " + problem
		}
	}
	return ""
}

// desk is the layer as `kustomize edit` sees it: it works on the kustomization of the current directory, and writes it.
type desk struct {
	layer
	directory string
}

func (d desk) edit(arguments []string) error {
	parts := provider.NewDefaultDepProvider()
	command := edit.NewCmdEdit(d, parts.GetFieldValidator(), parts.GetResourceFactory(), io.Discard)
	command.SetArgs(arguments)
	command.SilenceErrors, command.SilenceUsage = true, true
	command.SetOut(io.Discard)
	command.SetErr(io.Discard)
	return command.Execute()
}

// addPatches does what Argo CD does: it reads the kustomization as plain YAML and appends. Its errors are Argo CD's.
func (d desk) addPatches(patches []map[string]any) error {
	name := d.kustomization()
	if name == "" {
		return errors.New("kustomization file not found in the path")
	}
	content, err := d.ReadFile(name)
	if err != nil {
		return fmt.Errorf("failed to load kustomization.yaml: %w", err)
	}
	var parsed any
	if err := yaml.Unmarshal(content, &parsed); err != nil {
		return fmt.Errorf("failed to unmarshal kustomization.yaml: %w", err)
	}
	fields, ok := parsed.(map[string]any)
	if !ok {
		return errors.New("the kustomization is no mapping, so patches cannot be added to it")
	}
	list, ok := fields["patches"].([]any)
	if _, given := fields["patches"]; given && !ok {
		return errors.New("patches of the kustomization is no list, so patches cannot be added to it")
	}
	for _, patch := range patches {
		list = append(list, patch)
	}
	fields["patches"] = list
	changed, err := yaml.Marshal(fields)
	if err != nil {
		return fmt.Errorf("failed to marshal kustomization.yaml after adding patches: %w", err)
	}
	return d.WriteFile(name, changed)
}

func (d desk) kustomization() string {
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		if d.Exists(name) {
			return name
		}
	}
	return ""
}

func (d desk) WriteFile(name string, content []byte) error {
	real, ok := d.real(d.abs(name))
	if !ok {
		return errReadOnly
	}
	d.changed[real] = content
	return nil
}

func (d desk) abs(name string) string                { return target(d.directory, name) }
func (d desk) ReadFile(name string) ([]byte, error)  { return d.layer.ReadFile(d.abs(name)) }
func (d desk) Exists(name string) bool               { return d.layer.Exists(d.abs(name)) }
func (d desk) IsDir(name string) bool                { return d.layer.IsDir(d.abs(name)) }
func (d desk) ReadDir(name string) ([]string, error) { return d.layer.ReadDir(d.abs(name)) }
func (d desk) Glob(pattern string) ([]string, error) { return glob(d.layer, d.directory, pattern) }
func (d desk) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	return d.layer.CleanedAbs(d.abs(name))
}
