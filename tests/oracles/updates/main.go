// Command updates makes the patch by which `kubectl apply`, and so Argo CD, would change an object: one JSON object
// {"original", "modified", "current"} a line in, the strategic merge patch out, or null where kubectl cannot make one.
package main

import (
	"bufio"
	"encoding/json"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	"k8s.io/client-go/kubernetes/scheme"
)

type change struct {
	Original json.RawMessage `json:"original"`
	Modified json.RawMessage `json:"modified"`
	Current  json.RawMessage `json:"current"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := bufio.NewWriter(os.Stdout)
	for in.Scan() {
		patch, err := made(in.Bytes())
		if err != nil {
			patch = []byte("null")
		}
		if _, err := out.Write(append(patch, '\n')); err != nil {
			os.Exit(1)
		}
		if err := out.Flush(); err != nil {
			os.Exit(1)
		}
	}
}

func made(line []byte) ([]byte, error) {
	var asked change
	if err := json.Unmarshal(line, &asked); err != nil {
		return nil, err
	}
	var kind unstructured.Unstructured
	if err := json.Unmarshal(asked.Modified, &kind.Object); err != nil {
		return nil, err
	}
	typed, err := scheme.Scheme.New(kind.GroupVersionKind())
	if err != nil {
		return nil, err
	}
	meta, err := strategicpatch.NewPatchMetaFromStruct(typed)
	if err != nil {
		return nil, err
	}
	return strategicpatch.CreateThreeWayMergePatch(asked.Original, asked.Modified, asked.Current, meta, true)
}
