package main

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

var errReadOnly = errors.New("the tree is read only")

// layer is a file system that shows nothing outside root, reads no devices or pipes, writes nothing, and gives
// changed files (Kustomize's own, by real absolute name) in place of what lies below.
type layer struct {
	source
	root    string
	changed map[string][]byte
}

func newLayer(below source, root string) layer {
	return layer{source: below, root: root, changed: map[string][]byte{}}
}

// copied gives a layer that can be changed further without changing this one.
func (l layer) copied() layer {
	return layer{source: l.source, root: l.root, changed: maps.Clone(l.changed)}
}

// within says whether a cleaned absolute name is root or below it.
func (l layer) within(name string) bool {
	return name == l.root || l.root == string(filepath.Separator) ||
		strings.HasPrefix(name, l.root+string(filepath.Separator))
}

func (l layer) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	directory, file, err := l.source.CleanedAbs(name)
	if err != nil {
		return "", "", err
	}
	if !l.within(string(directory)) {
		return "", "", fmt.Errorf("%q leads out of the root", name)
	}
	return directory, file, nil
}

// real resolves links; ok is false for what is missing or outside.
func (l layer) real(name string) (real string, ok bool) {
	directory, file, err := l.CleanedAbs(name)
	if err != nil {
		return "", false
	}
	return filepath.Join(string(directory), file), true
}

func (l layer) ReadFile(name string) ([]byte, error) {
	directory, file, err := l.CleanedAbs(name)
	if err != nil {
		return nil, err
	}
	real := filepath.Join(string(directory), file)
	if content, ok := l.changed[real]; ok {
		return content, nil
	}
	if l.special(real) {
		return nil, fmt.Errorf("%q is neither a file nor a directory", name)
	}
	return l.source.ReadFile(name)
}

func (l layer) Exists(name string) bool {
	_, ok := l.real(name)
	return ok
}

func (l layer) IsDir(name string) bool {
	_, ok := l.real(name)
	return ok && l.source.IsDir(name)
}

func (l layer) ReadDir(name string) ([]string, error) {
	if _, _, err := l.CleanedAbs(name); err != nil {
		return nil, err
	}
	return l.source.ReadDir(name)
}

func (l layer) Glob(pattern string) ([]string, error) {
	return glob(l, l.root, pattern)
}

func (l layer) Open(string) (filesys.File, error)    { return nil, errReadOnly }
func (l layer) Create(string) (filesys.File, error)  { return nil, errReadOnly }
func (l layer) Mkdir(string) error                   { return errReadOnly }
func (l layer) MkdirAll(string) error                { return errReadOnly }
func (l layer) RemoveAll(string) error               { return errReadOnly }
func (l layer) WriteFile(string, []byte) error       { return errReadOnly }
func (l layer) Walk(string, filepath.WalkFunc) error { return errReadOnly }
