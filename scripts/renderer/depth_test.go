package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestDepthIsBounded(t *testing.T) {
	nested := func(levels int) json.RawMessage {
		return json.RawMessage(strings.Repeat("[", levels) + strings.Repeat("]", levels))
	}
	for name, c := range map[string]struct {
		value json.RawMessage
		deep  bool
	}{
		"as deep as may be":  {nested(maxDepth), false},
		"one level too deep": {nested(maxDepth + 1), true},
		"brackets in text":   {json.RawMessage(`{"a":"` + strings.Repeat(`\"[`, 2*maxDepth) + `"}`), false},
		"side by side":       {json.RawMessage("[" + strings.Repeat("[],", maxDepth) + "[]]"), false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tooDeep(c.value) != ""; got != c.deep {
				t.Errorf("tooDeep: got %v, want %v", got, c.deep)
			}
		})
	}
}
