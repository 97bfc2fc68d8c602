package main

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

// The closure check refuses these before a build; here they are asked of the layer itself, the second line of defence.
func TestLayerShowsNothingOutsideTheRoot(t *testing.T) {
	folder, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(folder, "tree")
	for _, directory := range []string{root, root + "2"} {
		if err := os.Mkdir(directory, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(directory, "file"), []byte("text"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(root+"2", filepath.Join(root, "link")); err != nil {
		t.Fatal(err)
	}
	tree := newLayer(newDisk(), root)
	for name, want := range map[string]bool{"file": true, "link/file": false, "../tree2/file": false, "../tree/file": true} {
		full := filepath.Join(root, name)
		content, err := tree.ReadFile(full)
		if got := err == nil && string(content) == "text"; got != want {
			t.Errorf("ReadFile(%s): got %v, want %v", name, got, want)
		}
		if got := tree.Exists(full); got != want {
			t.Errorf("Exists(%s): got %v, want %v", name, got, want)
		}
	}
}

func TestLayerGivesChangedFilesAndWritesNone(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(root, "file")
	if err := os.WriteFile(name, []byte("below"), 0o644); err != nil {
		t.Fatal(err)
	}
	tree := newLayer(newDisk(), root)
	tree.changed[name] = []byte("above")
	if content, err := tree.ReadFile(name); err != nil || string(content) != "above" {
		t.Errorf("ReadFile: got %q, %v", content, err)
	}
	if err := tree.WriteFile(name, nil); err == nil {
		t.Error("WriteFile: wrote")
	}
	if content, _ := os.ReadFile(name); string(content) != "below" {
		t.Errorf("on disk: got %q", content)
	}
}

func TestNothingIsFetchedEvenWhenKustomizeTries(t *testing.T) {
	refuseTheWorld()
	client := &http.Client{} // what Kustomize makes for a URL
	_, err := client.Get("http://me:secret@127.0.0.1:9/x.yaml")
	want := `Get "http://me:***@127.0.0.1:9/x.yaml": ringtrue fetches nothing, and http://***@127.0.0.1:9/x.yaml is remote`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if path := os.Getenv("PATH"); path != "" {
		t.Errorf("PATH is %q", path)
	}
}
