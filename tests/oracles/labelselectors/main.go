// Command labelselectors says what upstream's LabelSelectors select: one JSON list of questions a line in, one list out.
//
// An answer is "yes", "no", or "refused" for a selector that cannot be read.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

type question struct {
	Selector *metav1.LabelSelector `json:"selector"`
	Labels   labels.Set            `json:"labels"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var asked []question
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			fmt.Fprintln(os.Stderr, "labelselectors:", err)
			os.Exit(1)
		}
		answers := make([]string, len(asked))
		for index, each := range asked {
			answers[index] = answer(each)
		}
		if err := out.Encode(answers); err != nil {
			os.Exit(1)
		}
	}
}

func answer(asked question) string {
	selector, err := metav1.LabelSelectorAsSelector(asked.Selector)
	switch {
	case err != nil:
		return "refused"
	case selector.Matches(asked.Labels):
		return "yes"
	}
	return "no"
}
