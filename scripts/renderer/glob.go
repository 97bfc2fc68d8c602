package main

import (
	"path/filepath"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// glob is filepath.Glob over the tree, for names relative to base, and then Kustomize's rule that a hidden file is only
// found by a pattern that begins with a dot. `kustomize edit add component` asks for it.
func glob(tree layer, base, pattern string) ([]string, error) {
	if _, err := filepath.Match(pattern, ""); err != nil {
		return nil, err
	}
	names := globAll(tree, base, pattern)
	if filesys.IsHiddenFilePath(pattern) {
		return names, nil
	}
	return filesys.RemoveHiddenFiles(names), nil
}

func globAll(tree layer, base, pattern string) []string {
	if !magic(pattern) {
		if tree.Exists(target(base, pattern)) {
			return []string{pattern}
		}
		return nil
	}
	directory, last := filepath.Split(pattern)
	directory = cleanedGlobDirectory(directory)
	directories := []string{directory}
	if magic(directory) {
		directories = globAll(tree, base, directory)
	}
	var names []string
	for _, each := range directories {
		names = append(names, globIn(tree, base, each, last)...)
	}
	return names
}

func globIn(tree layer, base, directory, pattern string) (names []string) {
	found, err := tree.ReadDir(target(base, directory))
	if err != nil {
		return nil
	}
	for _, name := range found {
		if matched, _ := filepath.Match(pattern, name); matched {
			names = append(names, filepath.Join(directory, name))
		}
	}
	return names
}

func cleanedGlobDirectory(directory string) string {
	switch directory {
	case "":
		return "."
	case string(filepath.Separator):
		return directory
	}
	return directory[:len(directory)-1]
}

func magic(pattern string) bool {
	return strings.ContainsAny(pattern, `*?[\`)
}
