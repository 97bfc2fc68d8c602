package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readFile gives the documents of a plain YAML or JSON file as kubectl would decode them, and what is wrong with
// those that cannot be read, one line each.
func readFile(tree layer, name string) answer {
	content, problem := contentOf(tree, name)
	if problem != "" {
		return answer{Error: problem}
	}
	documents := jsonStream(content)
	if documents == nil {
		documents = split(content)
	}
	a := answer{Resources: []json.RawMessage{}}
	var problems []string
	for _, d := range documents {
		value, err := d.value()
		if err != nil {
			problems = append(problems, fromFileStart(err.Error(), d.offset))
			continue
		}
		if string(value) == "null" {
			continue
		}
		if problem := tooDeep(value); problem != "" {
			problems = append(problems, fmt.Sprintf("line %d: %s", d.line, problem))
			continue
		}
		a.Resources = append(a.Resources, value)
		a.Origins = append(a.Origins, &origin{Path: name, Line: d.line})
	}
	a.Error = strings.Join(problems, "\n")
	return a
}

func contentOf(tree layer, name string) (content []byte, problem string) {
	full := filepath.Join(tree.root, filepath.FromSlash(name))
	w := walker{tree: tree}
	if w.outside(full) {
		return nil, "the file leads out of the root"
	}
	if tree.special(full) {
		return nil, "it is neither a file nor a directory"
	}
	if tree.IsDir(full) {
		return nil, "it is a directory, not a file"
	}
	content, err := tree.ReadFile(full)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "no such file"
	case errors.Is(err, fs.ErrPermission):
		return nil, "the file may not be read: permission denied"
	case err != nil:
		return nil, "the file cannot be read"
	case !utf8.Valid(content):
		return nil, "the file is not UTF-8 text"
	}
	return content, ""
}

var lineNumber = regexp.MustCompile(`\bline (\d+)\b`)

// fromFileStart counts the lines of a message from the start of the file instead of the document.
func fromFileStart(message string, offset int) string {
	message = strings.Join(strings.Fields(message), " ")
	return lineNumber.ReplaceAllStringFunc(message, func(found string) string {
		number, err := strconv.Atoi(found[len("line "):])
		if err != nil {
			return found
		}
		return fmt.Sprintf("line %d", number+offset)
	})
}
