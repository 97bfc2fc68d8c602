package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// planted makes a repository of one commit; a text that begins with "-> " is a link.
func planted(t *testing.T, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		full := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if target, isLink := strings.CutPrefix(text, "-> "); isLink {
			err = os.Symlink(target, full)
		} else {
			err = os.WriteFile(full, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, arguments := range [][]string{
		{"init", "-q"}, {"add", "--all"}, {"-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "one"},
	} {
		command := exec.Command("git", arguments...)
		command.Dir = root
		command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
		if words, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %s", arguments, words)
		}
	}
	return root
}

func opened(t *testing.T, root string) layer {
	t.Helper()
	tree, err := newRepositories(findGit()).open(filepath.Join(root, ".git"), "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	var fault error
	return newLayer(revision{tree, root, &fault}, root)
}

// The disk is the oracle: a revision answers every question as the checkout of it does.
func TestRevisionAnswersAsTheDiskDoes(t *testing.T) {
	root := planted(t, map[string]string{
		"a.yaml": "a", "sub/b.yaml": "b", "sub/deep/c.yaml": "c", "folder-link": "-> sub", "file-link": "-> sub/b.yaml",
		"chain": "-> folder-link/deep", "circle": "-> circle", "gone": "-> none", "out": "-> ..", "etc": "-> /etc",
		"sub/up": "-> ../a.yaml", "sub/around": "-> ../sub/../a.yaml",
	})
	git, disk := opened(t, root), newLayer(newDisk(), root)
	for _, name := range []string{
		"", "a.yaml", "sub", "sub/", "sub/../a.yaml", "sub/deep/c.yaml", "folder-link/b.yaml", "file-link", "chain/c.yaml",
		"sub/up", "sub/around", "circle", "gone", "out", "etc/passwd", "none", "none/x", "a.yaml/x", "sub/none/x",
		"file-link/x",
	} {
		full := root + "/" + name
		type answers struct {
			directory, file, cleaned string
			exists, isDir            bool
			content, problem         string
		}
		ask := func(tree layer) (a answers) {
			directory, file, err := tree.CleanedAbs(full)
			a.directory, a.file, a.cleaned = string(directory), file, words(err)
			content, err := tree.ReadFile(full)
			a.content, a.problem = string(content), words(err)
			a.exists, a.isDir = tree.Exists(full), tree.IsDir(full)
			return a
		}
		if got, want := ask(git), ask(disk); got != want {
			t.Errorf("%q: got %+v, want %+v", name, got, want)
		}
	}
}

func words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestGlobIsThatOfTheDisk(t *testing.T) {
	root := planted(t, map[string]string{
		"sub/a/x": "", "sub/b/x": "", "sub/.h/x": "", "other/a/x": "", "linked": "-> sub", "file": "",
	})
	git, own := opened(t, root), newLayer(newDisk(), root)
	t.Chdir(filepath.Join(root, "sub"))
	for _, pattern := range []string{
		"*", "./*", "../*/a", "../s*/[ab]", ".*", "a", "./a", "none", "../linked/*", "../*", "a/", "../file/*", `\a`, "[", "../*/",
	} {
		want, problem := newDisk().Glob(pattern)
		for _, tree := range []layer{git, own} {
			got, err := glob(tree, filepath.Join(root, "sub"), pattern)
			if !slices.Equal(got, want) || words(err) != words(problem) {
				t.Errorf("%q: got %q, %v; want %q, %v", pattern, got, err, want, problem)
			}
		}
	}
}

func TestOneListingServesManyRequests(t *testing.T) {
	root := planted(t, map[string]string{"a.yaml": "a"})
	all := newRepositories(findGit())
	trees := make([]*listing, 20)
	var group sync.WaitGroup
	for i := range trees {
		group.Add(1)
		go func() {
			defer group.Done()
			trees[i], _ = all.open(filepath.Join(root, ".git"), "HEAD")
		}()
	}
	group.Wait()
	for _, tree := range trees {
		if tree == nil || tree != trees[0] {
			t.Fatalf("got %p beside %p", tree, trees[0])
		}
	}
}

func TestBlobsAreReadByManyAtOnce(t *testing.T) {
	files := map[string]string{".gitattributes": "*.id ident\n"}
	for _, name := range strings.Split("abcdefghij", "") {
		files[name] = strings.Repeat(name+"\n", 1000) + "no end"
	}
	for _, attributes := range []string{"*.id ident\n", "* text=auto eol=lf\n"} {
		files[".gitattributes"] = attributes
		tree := opened(t, planted(t, files))
		var group sync.WaitGroup
		for name, text := range files {
			for range 10 {
				group.Add(1)
				go func() {
					defer group.Done()
					if content, err := tree.ReadFile(filepath.Join(tree.root, name)); err != nil || string(content) != text {
						t.Errorf("%s: got %q, %v", name, content, err)
					}
				}()
			}
		}
		group.Wait()
	}
}
