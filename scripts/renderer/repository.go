package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"
)

const revisionCache = 16 // listings that are kept: 17,000 files are 3 MB

// repository gives the trees of its revisions; each is listed once, however many requests ask for it.
type repository struct {
	git   gitProgram
	path  string
	blobs *blobReader
	mutex sync.Mutex
	trees map[string]*opening
}

type opening struct {
	once sync.Once
	tree *listing
	err  error
}

// repositories holds those that were asked for, by git directory.
type repositories struct {
	git   gitProgram
	mutex sync.Mutex
	known map[string]*repository
}

func newRepositories(git gitProgram) *repositories {
	return &repositories{git: git, known: map[string]*repository{}}
}

func (all *repositories) open(path, revision string) (*listing, error) {
	found, err := all.repository(path)
	if err != nil {
		return nil, err
	}
	return found.revision(revision)
}

func (all *repositories) repository(path string) (*repository, error) {
	all.mutex.Lock()
	defer all.mutex.Unlock()
	if known, ok := all.known[path]; ok {
		return known, nil
	}
	if all.git.path == "" {
		return nil, errNoGit
	}
	if _, err := all.git.output(path, "rev-parse", "--git-dir"); err != nil {
		return nil, fmt.Errorf("%s is no git repository", quoted(path))
	}
	blobs := newBlobReader(all.git, path, nil)
	all.known[path] = &repository{git: all.git, path: path, blobs: blobs, trees: map[string]*opening{}}
	return all.known[path], nil
}

func (r *repository) revision(name string) (*listing, error) {
	r.mutex.Lock()
	found, ok := r.trees[name]
	if !ok {
		if len(r.trees) >= revisionCache {
			clear(r.trees) // those in use stay alive with their requests
		}
		found = &opening{}
		r.trees[name] = found
	}
	r.mutex.Unlock()
	found.once.Do(func() { found.tree, found.err = r.list(name) })
	return found.tree, found.err
}

func (r *repository) list(revision string) (*listing, error) {
	if revision == "" || strings.HasPrefix(revision, "-") {
		return nil, fmt.Errorf("%s is no revision", quoted(revision))
	}
	// A blob or a folder is no revision, so the peeling is asked for: git says yes to a tag, a branch and a commit.
	commit := revision + "^{commit}"
	content, err := r.git.output(r.path, "ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit)
	if err != nil {
		return nil, r.missing(revision)
	}
	tree := newListing(content)
	tree.blobs, err = r.blobsOf(tree.files)
	return tree, err
}

// missing says what to do about a revision that is not here; repository/revision.py says the same.
func (r *repository) missing(revision string) error {
	shallow, _ := r.git.output(r.path, "rev-parse", "--is-shallow-repository")
	if bytes.HasPrefix(shallow, []byte("true")) {
		return fmt.Errorf("no revision %s in this clone, which is shallow; run `git fetch --unshallow`", quoted(revision))
	}
	if _, err := r.git.output(r.path, "rev-parse", "--verify", "--quiet", revision+"^{commit}"); err == nil {
		return errors.New("the files of revision " + quoted(revision) + " are not in this clone, which is partial; " +
			"clone it without --filter")
	}
	return fmt.Errorf("no revision %s in this repository; run `git fetch` if it exists elsewhere", quoted(revision))
}
