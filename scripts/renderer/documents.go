package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	kjson "sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

// document is a part of a file that holds one YAML document; offset lines come before it, and its first node is on
// the (1-based) line.
type document struct {
	text   []byte
	offset int
	line   int
	json   bool
}

// value decodes as kubectl does, strictly: a repeated key is an error.
func (d document) value() ([]byte, error) {
	if !d.json {
		return yaml.YAMLToJSONStrict(d.text)
	}
	var value any
	strict, err := kjson.UnmarshalStrict(d.text, &value)
	if err = errors.Join(append(strict, err)...); err != nil {
		return nil, err
	}
	return json.Marshal(value)
}

// jsonStream cuts a file of JSON values one after another, which kubectl reads and a YAML reader would cut after the
// first; nil when the file is anything else.
func jsonStream(content []byte) (documents []document) {
	if trimmed := bytes.TrimLeft(content, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '{' {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	for {
		var value json.RawMessage
		err := decoder.Decode(&value)
		if errors.Is(err, io.EOF) {
			return documents
		}
		if err != nil {
			return nil
		}
		end := int(decoder.InputOffset())
		offset := bytes.Count(content[:end-len(value)], []byte("\n"))
		documents = append(documents, document{text: value, offset: offset, line: offset + 1, json: true})
	}
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// split cuts at the lines that YAML says end a document: `---` and `...` at the start of a line, which cannot occur
// inside a scalar. Directives (`%YAML`) belong to the document that follows them.
func split(content []byte) (documents []document) {
	c := cutter{content: bytes.TrimPrefix(content, byteOrderMark)}
	for c.at < len(c.content) {
		c.take(c.nextLine())
	}
	c.end(len(c.content))
	return c.documents
}

type cutter struct {
	content     []byte
	documents   []document
	at, lines   int // where the next line starts, and how many came before it
	start, skip int // where the open document starts, and how many lines came before that
	first       int // the line of its first node, 0 while it has none
	directives  bool
}

func (c *cutter) nextLine() []byte {
	if end := bytes.IndexByte(c.content[c.at:], '\n'); end >= 0 {
		return c.content[c.at : c.at+end+1]
	}
	return c.content[c.at:]
}

func (c *cutter) take(line []byte) {
	from := c.at
	switch {
	case marks(line, "---"):
		if !c.directives {
			c.end(from)
		}
		c.directives = false
		c.note(line[3:])
	case marks(line, "..."):
		c.end(from)
		c.start, c.skip = from+len(line), c.lines+1
	case c.first == 0 && line[0] == '%':
		c.directives = true
	default:
		c.note(line)
	}
	c.at += len(line)
	c.lines++
}

// note remembers the first line that holds more than a comment.
func (c *cutter) note(line []byte) {
	text := bytes.TrimSpace(line)
	if c.first == 0 && len(text) > 0 && text[0] != '#' {
		c.first = c.lines + 1
	}
}

// end closes the open document before the byte at `to`; one without a node is dropped.
func (c *cutter) end(to int) {
	if c.first > 0 {
		c.documents = append(c.documents, document{text: c.content[c.start:to], offset: c.skip, line: c.first})
	}
	c.start, c.skip, c.first = to, c.lines, 0
}

func marks(line []byte, marker string) bool {
	if !bytes.HasPrefix(line, []byte(marker)) {
		return false
	}
	return len(line) == len(marker) || bytes.IndexByte([]byte(" \t\r\n"), line[len(marker)]) >= 0
}
