package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func asked(t *testing.T, text string) answer {
	t.Helper()
	var e expansion
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatal(err)
	}
	return expand(e)
}

func TestTextsAndKeysAreFilledOncePerParameters(t *testing.T) {
	a := asked(t, `{"value": {"name": "{{.app}}-{{index .path.segments 1}}", "{{.app}}": ["{{.port}}", 3, null]},
		"parameters": [{"app": "a", "port": 8080, "path": {"segments": ["x", "y"]}},
			{"app": "b", "port": "http", "path": {"segments": ["x", "z"]}}]}`)
	if a.Error != "" {
		t.Fatal(a.Error)
	}
	wanted := []string{`{"a":["8080",3,null],"name":"a-y"}`, `{"b":["http",3,null],"name":"b-z"}`}
	for i, resource := range a.Resources {
		if string(resource) != wanted[i] {
			t.Errorf("%s, wanted %s", resource, wanted[i])
		}
	}
}

func TestFunctionsAreThoseOfArgoCD(t *testing.T) {
	for template, wanted := range map[string]string{
		`{{"My App_1." | normalize}}`:                     "my-app-1",
		`{{slugify "Feature/LONG branch name"}}`:          "feature-long-branch-name",
		`{{slugify 12 "feature/long branch"}}`:            "feature-long",
		`{{slugify 10 false "feature/long branch"}}`:      "feature-lo",
		`{{toYaml .list}}`:                                "- 1\n- a",
		`{{(fromYaml "a: {b: c}").a.b}}`:                  "c",
		`{{index (fromYamlArray "[x, z]") 1}}`:            "z",
		`{{default "none" .gone | upper | trunc 2}}`:      "NO",
		`{{.path | replace "/" "-"}}`:                     "apps-web",
		`{{if eq .tier "prod"}}3{{else}}1{{end}}`:         "3",
		`{{- range $i, $e := .list}}{{$i}}{{$e}} {{end}}`: "01 1a ",
	} {
		text, _ := json.Marshal(map[string]any{
			"value":      template,
			"parameters": []any{map[string]any{"list": []any{1, "a"}, "path": "apps/web", "tier": "prod"}},
		})
		a := asked(t, string(text))
		var found string
		if a.Error != "" || json.Unmarshal(a.Resources[0], &found) != nil || found != wanted {
			t.Errorf("%s gives %q (%s), wanted %q", template, found, a.Error, wanted)
		}
	}
}

func TestWhatCannotBeFilledIsAnError(t *testing.T) {
	for written, wanted := range map[string]string{
		`{"value": "{{.gone}}", "parameters": [{"a": 1}], "options": ["missingkey=error"]}`: `map has no entry for key "gone"`,
		`{"value": "{{env \"HOME\"}}", "parameters": [{}]}`:                                 `function "env" not defined`,
		`{"value": "{{.a", "parameters": [{"a": 1}]}`:                                       "unclosed action",
		`{"value": "x", "parameters": [{}], "options": ["missingkey=oops"]}`:                "unrecognized option",
	} {
		if a := asked(t, written); !strings.Contains(a.Error, wanted) {
			t.Errorf("%s gives %q", written, a.Error)
		}
	}
}
