package main

import (
	"path"
	"strings"
)

type objectKind byte

const (
	plainFile objectKind = iota
	linkFile
	submodule // its files are in another repository; a checkout without it has an empty folder
)

type object struct {
	id   string
	kind objectKind
}

// listing is every file of a revision by its repository-relative path; "" is the top folder.
type listing struct {
	files   map[string]object
	folders map[string]bool
	blobs   *blobReader
}

// newListing reads what `git ls-tree -r -z` prints: `<mode> <kind> <id>\t<path>` and a zero byte for each.
func newListing(content []byte) *listing {
	text := string(content)
	count := strings.Count(text, "\x00")
	l := &listing{files: make(map[string]object, count), folders: map[string]bool{"": true}}
	for len(text) > 0 {
		var line string
		line, text, _ = strings.Cut(text, "\x00")
		about, name, _ := strings.Cut(line, "\t")
		mode, rest, _ := strings.Cut(about, " ")
		_, id, _ := strings.Cut(rest, " ")
		kind := kindOf(mode)
		if kind == submodule {
			l.addFolder(name)
			continue
		}
		l.files[name] = object{id, kind}
		l.addFolder(parent(name))
	}
	return l
}

func kindOf(mode string) objectKind {
	switch mode {
	case "120000":
		return linkFile
	case "160000":
		return submodule
	}
	return plainFile
}

func (l *listing) addFolder(name string) {
	for !l.folders[name] {
		l.folders[name] = true
		name = parent(name)
	}
}

// names lists what is in a folder, sorted.
func (l *listing) names(folder string) []string {
	found := map[string]any{}
	for name := range l.files {
		if name != "" && parent(name) == folder {
			found[path.Base(name)] = nil
		}
	}
	for name := range l.folders {
		if name != "" && parent(name) == folder {
			found[path.Base(name)] = nil
		}
	}
	return sortedKeys(found)
}

func parent(name string) string {
	if end := strings.LastIndexByte(name, '/'); end >= 0 {
		return name[:end]
	}
	return ""
}
