package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"github.com/gosimple/slug"
	"sigs.k8s.io/yaml"
)

// expansion fills the Go templates in every text of a value, once for each set of parameters: what Argo CD's
// ApplicationSet controller does with `goTemplate: true`, with the same functions.
type expansion struct {
	Value      any              `json:"value"`
	Parameters []map[string]any `json:"parameters"`
	Options    []string         `json:"options"` // such as missingkey=error
}

func expand(e expansion) answer {
	base, err := withOptions(template.New("base").Funcs(functions()), e.Options)
	if err != nil {
		return answer{Error: err.Error()}
	}
	a := answer{Resources: make([]json.RawMessage, 0, len(e.Parameters))}
	for _, parameters := range e.Parameters {
		value, err := filled(base, e.Value, parameters)
		if err != nil {
			return answer{Error: err.Error()}
		}
		text, err := json.Marshal(value)
		if err != nil {
			return answer{Error: err.Error()}
		}
		a.Resources = append(a.Resources, text)
	}
	return a
}

// withOptions panics in the library for an option that it does not know.
func withOptions(base *template.Template, options []string) (t *template.Template, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("%v", problem)
		}
	}()
	return base.Option(options...), nil
}

func filled(base *template.Template, value any, parameters map[string]any) (any, error) {
	switch found := value.(type) {
	case string:
		return text(base, found, parameters)
	case []any:
		items := make([]any, len(found))
		for i, item := range found {
			made, err := filled(base, item, parameters)
			if err != nil {
				return nil, err
			}
			items[i] = made
		}
		return items, nil
	case map[string]any:
		made := make(map[string]any, len(found))
		for name, item := range found {
			key, err := text(base, name, parameters)
			if err != nil {
				return nil, err
			}
			if made[key], err = filled(base, item, parameters); err != nil {
				return nil, err
			}
		}
		return made, nil
	}
	return value, nil
}

func text(base *template.Template, written string, parameters map[string]any) (string, error) {
	if !strings.Contains(written, "{{") {
		return written, nil
	}
	fresh, err := base.Clone()
	if err != nil {
		return "", err
	}
	parsed, err := fresh.Parse(written)
	if err != nil {
		return "", err
	}
	var result bytes.Buffer
	if err := parsed.Execute(&result, parameters); err != nil {
		return "", err
	}
	return result.String(), nil
}

func functions() template.FuncMap {
	found := sprig.HermeticTxtFuncMap() // nothing of this machine, its clock or chance: a report is repeatable
	found["normalize"] = normalize
	found["slugify"] = slugify
	found["toYaml"] = toYAML
	found["fromYaml"] = func(text string) (map[string]any, error) {
		made := map[string]any{}
		return made, yaml.Unmarshal([]byte(text), &made)
	}
	found["fromYamlArray"] = func(text string) ([]any, error) {
		made := []any{}
		return made, yaml.Unmarshal([]byte(text), &made)
	}
	return found
}

var outsideNames = regexp.MustCompile("[^-a-z0-9.]")

const longestName = 253

// normalize makes a DNS name of a text.
func normalize(name string) string {
	name = outsideNames.ReplaceAllString(strings.ToLower(name), "-")
	return strings.Trim(name[:min(len(name), longestName)], "-.")
}

// slugs guards the settings of the library, which are global.
var slugs sync.Mutex

// slugify takes at most a length and whether to cut between words, then the name.
func slugify(arguments ...any) (string, error) {
	length, whole, name := 50, true, ""
	for i, argument := range arguments {
		var ok bool
		switch i {
		case len(arguments) - 1:
			name, ok = argument.(string)
		case 0:
			length, ok = argument.(int)
		case 1:
			whole, ok = argument.(bool)
		default:
			ok = true
		}
		if !ok {
			return "", fmt.Errorf("slugify: wrong argument %v", argument)
		}
	}
	slugs.Lock()
	defer slugs.Unlock()
	slug.MaxLength, slug.EnableSmartTruncate = length, whole
	return slug.Make(normalize(name)), nil
}

func toYAML(value any) (string, error) {
	text, err := yaml.Marshal(value)
	return strings.TrimSuffix(string(text), "\n"), err
}
