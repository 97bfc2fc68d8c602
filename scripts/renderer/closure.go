package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/types"
)

// closure is what a kustomization reaches: whether it may be built, and whether it brings its own OpenAPI schema.
type closure struct {
	refusal string // why it is not built, "" when it may be
	openapi bool
}

// walker follows a kustomization into everything it names before Kustomize does, because Kustomize fetches what is
// remote by itself. What it cannot read it leaves to Kustomize, which then stops there too.
type walker struct {
	tree  layer
	seen  map[visit]bool
	found closure
}

type visit struct {
	directory string
	plugins   string
}

func closureOf(tree layer, directory string) closure {
	w := &walker{tree: tree, seen: map[visit]bool{}}
	real, exists := tree.real(directory)
	if !exists {
		if w.outside(directory) {
			w.found.refusal = fmt.Sprintf("%s leads out of the root", quoted(w.relative(directory)))
		}
		return w.found
	}
	w.walk(real, "")
	return w.found
}

// walk visits one directory. When its resources are plugin configuration, plugins is the directory that lists it and
// that their file names are relative to, else "".
func (w *walker) walk(directory, plugins string) {
	if w.seen[visit{directory, plugins}] {
		return
	}
	w.seen[visit{directory, plugins}] = true
	name, content, ok := kustomizationIn(w.tree, directory)
	if !ok {
		return
	}
	var kustomization types.Kustomization
	if kustomization.Unmarshal(content) != nil {
		return
	}
	if len(kustomization.OpenAPI) > 0 {
		w.found.openapi = true
	}
	for _, e := range entriesOf(kustomization) {
		if w.visit(name, directory, e, plugins); w.found.refusal != "" {
			return
		}
	}
}

func (w *walker) visit(file, directory string, e entry, plugins string) {
	if e.role == pluginRole {
		plugins = directory
	}
	if e.role == pluginRole && inline(e.text) {
		w.visitNamed(file, directory, pluginEntries(e.field, e.text))
		return
	}
	if problem := w.problem(directory, e); problem != "" {
		w.found.refusal = fmt.Sprintf("%s: %s", w.relative(file), problem)
		return
	}
	real, exists := w.tree.real(target(directory, e.text))
	if !exists || e.role == fileRole {
		return
	}
	if w.tree.IsDir(real) {
		w.walk(real, plugins)
		return
	}
	if plugins != "" {
		if content, err := w.tree.ReadFile(real); err == nil {
			w.visitNamed(real, plugins, pluginEntries(e.field, string(content)))
		}
	}
}

func (w *walker) visitNamed(file, directory string, entries []entry) {
	for _, e := range entries {
		if problem := w.problem(directory, e); problem != "" {
			w.found.refusal = fmt.Sprintf("%s: %s", w.relative(file), problem)
			return
		}
	}
}

// problem says why an entry may not be followed.
func (w *walker) problem(directory string, e entry) string {
	if e.role == helmRole {
		return fmt.Sprintf("%s entry %s needs Helm, which ringtrue does not run", e.field, quoted(e.text))
	}
	if remoteFile(e.text) || e.role != fileRole && remoteRoot(e.text) {
		return fmt.Sprintf("%s entry %s is remote, and ringtrue fetches nothing", e.field, quoted(withoutPassword(e.text)))
	}
	name := target(directory, e.text)
	if w.outside(name) {
		return fmt.Sprintf("%s entry %s leads out of the root", e.field, quoted(e.text))
	}
	if w.tree.special(name) {
		return fmt.Sprintf("%s entry %s is neither a file nor a directory", e.field, quoted(e.text))
	}
	return ""
}

// outside says whether name leaves the root, by its text or through links.
func (w *walker) outside(name string) bool {
	if !w.tree.within(name) {
		return true
	}
	directory, _, err := w.tree.source.CleanedAbs(name)
	return err == nil && !w.tree.within(string(directory))
}

func (w *walker) relative(name string) string {
	if relative, err := filepath.Rel(w.tree.root, name); err == nil {
		return filepath.ToSlash(relative)
	}
	return name
}

func target(directory, entry string) string {
	if filepath.IsAbs(entry) {
		return filepath.Clean(entry)
	}
	return filepath.Join(directory, entry)
}

func quoted(text string) string {
	return "'" + strings.ReplaceAll(text, "\n", " ") + "'"
}

func sortedKeys(fields map[string]any) []string {
	return slices.Sorted(maps.Keys(fields))
}
