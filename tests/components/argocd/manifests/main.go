// Command manifests renders sources of Applications as Argo CD's repo-server does: one JSON question a line in, one
// answer out.
//
// It calls what the repo-server calls once it has a checkout, so kustomize and helm must be on PATH. The checkout is
// changed by it. No tracking label or annotation is asked for: none is put on.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	"github.com/argoproj/argo-cd/v3/util/app/path"
	"github.com/argoproj/argo-cd/v3/util/git"
	utilio "github.com/argoproj/argo-cd/v3/util/io"
	"github.com/sirupsen/logrus"
	"k8s.io/apimachinery/pkg/api/resource"
)

type question struct {
	Root          string                     `json:"root"`
	Source        v1alpha1.ApplicationSource `json:"source"`
	References    map[string]string          `json:"references"`
	AppName       string                     `json:"name"`
	Namespace     string                     `json:"namespace"`
	Project       string                     `json:"project"`
	Revision      string                     `json:"revision"`
	KubeVersion   string                     `json:"kubeVersion"`
	LinksMayLeave bool                       `json:"linksMayLeave"`
}

type answer struct {
	Type      string            `json:"type"`
	Manifests []json.RawMessage `json:"manifests"`
	Refused   string            `json:"refused"`
}

func main() {
	logrus.SetOutput(io.Discard)
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		if err := out.Encode(answered(in.Bytes())); err != nil {
			os.Exit(1)
		}
	}
}

// An Application whose source does not fit its type is refused by Argo CD's API.
func answered(line []byte) answer {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{Refused: err.Error()}
	}
	found, err := rendered(&asked)
	if err != nil {
		return answer{Refused: err.Error()}
	}
	manifests := make([]json.RawMessage, len(found.Manifests))
	for index, each := range found.Manifests {
		manifests[index] = json.RawMessage(each)
	}
	return answer{Type: found.SourceType, Manifests: manifests}
}

func rendered(asked *question) (*apiclient.ManifestResponse, error) {
	if !asked.LinksMayLeave {
		if err := path.CheckOutOfBoundsSymlinks(asked.Root, ".git"); err != nil {
			return nil, err
		}
	}
	folder, err := path.Path(asked.Root, asked.Source.Path)
	if err != nil {
		return nil, err
	}
	places := utilio.NewRandomizedTempPaths(os.TempDir())
	references := map[string]*v1alpha1.RefTarget{}
	for name, url := range asked.References {
		references["$"+name] = &v1alpha1.RefTarget{Repo: v1alpha1.Repository{Repo: url}}
	}
	// Every reference that is asked for leads into the same checkout.
	for _, target := range references {
		places.Add(git.NormalizeGitURL(target.Repo.Repo), asked.Root)
	}
	request := &apiclient.ManifestRequest{
		Repo:               &v1alpha1.Repository{Repo: asked.Source.RepoURL},
		AppName:            asked.AppName,
		Namespace:          asked.Namespace,
		ProjectName:        asked.Project,
		ApplicationSource:  &asked.Source,
		KubeVersion:        asked.KubeVersion,
		HasMultipleSources: len(references) > 0,
		RefSources:         references,
	}
	found, err := repository.GenerateManifests(context.Background(), folder, asked.Root, asked.Revision, request, false,
		&git.NoopCredsStore{}, resource.MustParse("0"), places)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", asked.Source.Path, err)
	}
	return found, nil
}
