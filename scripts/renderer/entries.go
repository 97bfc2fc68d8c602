package main

import (
	"strings"

	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

// entry is one place where a kustomization names something outside itself.
type entry struct {
	field string
	text  string
	role  role
}

type role int

const (
	anyRole    role = iota // a file of resources, or a directory
	rootRole               // a directory
	fileRole               // a file
	pluginRole             // a file or directory of plugin configuration, or the configuration itself
	helmRole               // a chart
)

// entriesOf lists them in a fixed order; the Python side has the same list in rendering/entries.py.
func entriesOf(k types.Kustomization) (list []entry) {
	add := func(role role, field string, texts ...string) {
		for _, text := range texts {
			if text != "" {
				list = append(list, entry{field, text, role})
			}
		}
	}
	add(anyRole, "resources", k.Resources...)
	add(anyRole, "bases", k.Bases...)
	add(rootRole, "components", k.Components...)
	for _, patch := range k.Patches {
		add(fileRole, "patches", patch.Path)
	}
	for _, patch := range k.PatchesStrategicMerge {
		if !inline(string(patch)) {
			add(fileRole, "patchesStrategicMerge", string(patch))
		}
	}
	for _, patch := range k.PatchesJson6902 {
		add(fileRole, "patchesJson6902", patch.Path)
	}
	for _, replacement := range k.Replacements {
		add(fileRole, "replacements", replacement.Path)
	}
	add(fileRole, "openapi", k.OpenAPI["path"])
	add(fileRole, "crds", k.Crds...)
	add(fileRole, "configurations", k.Configurations...)
	for _, generator := range k.ConfigMapGenerator {
		add(fileRole, "configMapGenerator", generatorFiles(generator.KvPairSources)...)
	}
	for _, generator := range k.SecretGenerator {
		add(fileRole, "secretGenerator", generatorFiles(generator.KvPairSources)...)
	}
	for _, chart := range k.HelmCharts {
		add(helmRole, "helmCharts", chart.Name)
	}
	for _, chart := range k.HelmChartInflationGenerator {
		add(helmRole, "helmChartInflationGenerator", chart.ChartName)
	}
	add(pluginRole, "generators", k.Generators...)
	add(pluginRole, "transformers", k.Transformers...)
	add(pluginRole, "validators", k.Validators...)
	return list
}

func generatorFiles(sources types.KvPairSources) (names []string) {
	for _, file := range sources.FileSources {
		names = append(names, afterKey(file))
	}
	return append(append(names, sources.EnvSources...), sources.EnvSource)
}

// afterKey drops the `key=` of a generator's file.
func afterKey(file string) string {
	if _, name, ok := strings.Cut(file, "="); ok {
		return name
	}
	return file
}

// inline says whether text is configuration rather than the name of a file.
func inline(text string) bool {
	return strings.ContainsAny(text, "\n{") || strings.Contains(text, ": ")
}

// pluginFields are where the configuration of a built-in plugin names files, in lower case: keys have no case there.
var pluginFields = map[string]bool{
	"path": true, "paths": true, "files": true, "env": true, "envs": true,
	"targetfilepath": true, "valuesfile": true, "additionalvaluesfiles": true,
}

// pluginEntries lists the files that documents of plugin configuration name.
func pluginEntries(field, text string) (list []entry) {
	for _, document := range split([]byte(text)) {
		var value any
		if yaml.Unmarshal(document.text, &value) == nil {
			list = append(list, namedFiles(field, value, false)...)
		}
	}
	return list
}

func namedFiles(field string, value any, names bool) (list []entry) {
	switch value := value.(type) {
	case string:
		if names {
			list = append(list, entry{field, afterKey(value), fileRole})
		}
	case []any:
		for _, item := range value {
			list = append(list, namedFiles(field, item, names)...)
		}
	case map[string]any:
		for _, key := range sortedKeys(value) {
			list = append(list, namedFiles(field, value[key], pluginFields[strings.ToLower(key)])...)
		}
	}
	return list
}
