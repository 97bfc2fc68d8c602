package main

import (
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/openapi"
)

// schema guards Kustomize's OpenAPI schema, which is global to the process and leaks from a source with `openapi`
// into later ones: such a source has the process to itself, the others share it.
var schema sync.RWMutex

// render builds one kustomization. Origins come from a second build, because the annotation that carries them can
// change the result (a replacement that copies all annotations takes it along).
func render(tree layer, r request, begin func()) answer {
	directory := filepath.Join(tree.root, filepath.FromSlash(r.Path))
	if tree.IsDir(directory) {
		if err := r.Overrides.apply(tree, directory); err != nil {
			begin()
			return answer{Error: strings.TrimSpace(err.Error())}
		}
	}
	found := closureOf(tree, directory)
	if found.refusal != "" {
		begin()
		return answer{Error: found.refusal}
	}
	if found.openapi {
		schema.Lock()
		defer schema.Unlock()
		defer openapi.ResetOpenAPI()
	} else {
		schema.RLock()
		defer schema.RUnlock()
	}
	begin()
	var a answer
	if r.Values || r.Form == "yaml" {
		a = plainBuild(tree, directory, r.Form)
	}
	if r.Origins && a.Error == "" {
		a = withOrigins(a, tree, directory, r)
	}
	return a
}

func build(tree layer, directory string) (resmap.ResMap, error) {
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionLegacy // what the command line does
	options.PluginConfig = types.DisabledPluginConfig()
	return krusty.MakeKustomizer(options).Run(tree, directory)
}

func plainBuild(tree layer, directory, form string) answer {
	resources, err := build(tree, directory)
	if err != nil {
		return answer{Error: err.Error()}
	}
	if form == "yaml" {
		text, err := resources.AsYaml()
		if err != nil {
			return answer{Error: err.Error()}
		}
		return answer{YAML: string(text)}
	}
	a := answer{Resources: make([]json.RawMessage, 0, resources.Size())}
	for _, resource := range resources.Resources() {
		value, err := resource.MarshalJSON()
		if err != nil {
			if _, asPrinted := resources.AsYaml(); asPrinted != nil {
				err = asPrinted // the words of `kustomize build`
			}
			return answer{Error: err.Error()}
		}
		if problem := tooDeep(value); problem != "" {
			return answer{Error: fmt.Sprintf("%s %s: %s", resource.GetKind(), resource.GetName(), problem)}
		}
		a.Resources = append(a.Resources, value)
	}
	return a
}

// withOrigins adds where each resource comes from; a nil for one whose annotation did not survive the build. The plain
// build decides whether the source renders; without one, the annotated build does.
func withOrigins(a answer, tree layer, directory string, r request) answer {
	resources, err := annotatedBuild(tree, directory)
	if r.Values && (err != nil || resources.Size() != len(a.Resources)) {
		return a
	}
	if err != nil {
		return answer{Error: err.Error()}
	}
	for _, resource := range resources.Resources() {
		from, err := resource.GetOrigin()
		if err != nil || from == nil {
			a.Origins = append(a.Origins, nil)
			continue
		}
		a.Origins = append(a.Origins, &origin{
			Path:         fromRoot(r.Path, from.Path),
			ConfiguredIn: fromRoot(r.Path, from.ConfiguredIn),
		})
	}
	return a
}

func annotatedBuild(tree layer, directory string) (resmap.ResMap, error) {
	annotated, err := withOriginAnnotations(tree, directory)
	if err != nil {
		return nil, err
	}
	return build(annotated, directory)
}

// fromRoot turns a path that Kustomize gives relative to the built directory into a root-relative one.
func fromRoot(source, name string) string {
	if name == "" {
		return ""
	}
	return path.Join(source, filepath.ToSlash(name))
}
