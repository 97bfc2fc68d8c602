package main

import (
	"encoding/json"
	"fmt"
)

// maxDepth is how deep objects and lists may stand in each other: far past any real manifest, and well within what the
// reader of the answers can follow.
const maxDepth = 256

// tooDeep says so when a value is nested deeper than maxDepth, and "" when it is not.
func tooDeep(value json.RawMessage) string {
	depth, quoted := 0, false
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return fmt.Sprintf("the document is nested deeper than %d levels", maxDepth)
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return ""
}
