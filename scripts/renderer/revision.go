package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

const mostLinks = 255 // as filepath.EvalSymlinks

// revision shows a listing as if it were checked out at top, so that names and errors are those of a working tree.
type revision struct {
	*listing
	top   string
	fault *error // the first content that git could not give, which Kustomize may take for a missing file
}

func (r revision) content(id, name string) ([]byte, error) {
	content, err := r.blobs.read(id, name)
	if err != nil && *r.fault == nil {
		*r.fault = err
	}
	return content, err
}

// place is where a name leads, links followed: a repository-relative path, or an absolute one outside.
type place struct {
	path    string
	outside bool
}

func (r revision) find(name string) (place, error) {
	relative, err := filepath.Rel(r.top, name)
	if err != nil || leaves(filepath.ToSlash(relative)) {
		return place{filepath.Clean(name), true}, nil
	}
	waiting := strings.Split(filepath.ToSlash(relative), "/")
	at := ""
	for links := 0; len(waiting) > 0; {
		part := waiting[0]
		waiting = waiting[1:]
		next := path.Join(at, part) // a ".." goes up, as what is below `at` are real folders
		if part == ".." && at == "" {
			return place{filepath.Join(r.top, "..", filepath.Join(waiting...)), true}, nil
		}
		if next == "." {
			next = ""
		}
		file, isFile := r.files[next]
		if !isFile || file.kind != linkFile {
			if err := r.problem(next, isFile && len(waiting) > 0); err != nil {
				return place{}, err
			}
			at = next
			continue
		}
		if links++; links > mostLinks {
			return place{}, errors.New("EvalSymlinks: too many links")
		}
		content, err := r.content(file.id, next)
		if err != nil {
			return place{}, err
		}
		if path.IsAbs(string(content)) {
			return place{filepath.Join(string(content), filepath.Join(waiting...)), true}, nil
		}
		waiting = append(strings.Split(string(content), "/"), waiting...)
	}
	return place{at, false}, nil
}

func (r revision) problem(name string, fileInTheMiddle bool) error {
	if fileInTheMiddle {
		return syscall.ENOTDIR
	}
	if _, isFile := r.files[name]; !isFile && !r.folders[name] {
		return &fs.PathError{Op: "lstat", Path: r.absolute(name), Err: syscall.ENOENT}
	}
	return nil
}

func leaves(relative string) bool {
	return relative == ".." || strings.HasPrefix(relative, "../")
}

func (r revision) absolute(name string) string {
	return filepath.Join(r.top, filepath.FromSlash(name))
}

func (r revision) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	at, err := r.find(name)
	if err != nil {
		return "", "", fmt.Errorf("evalsymlink failure on '%s' : %w", name, err)
	}
	if at.outside {
		return filesys.ConfirmedDir(at.path), "", nil
	}
	if r.folders[at.path] {
		return filesys.ConfirmedDir(r.absolute(at.path)), "", nil
	}
	return filesys.ConfirmedDir(r.absolute(parent(at.path))), path.Base(at.path), nil
}

func (r revision) IsDir(name string) bool {
	at, err := r.find(name)
	return err == nil && !at.outside && r.folders[at.path]
}

func (r revision) ReadFile(name string) ([]byte, error) {
	at, err := r.find(name)
	if err != nil || at.outside {
		return nil, &fs.PathError{Op: "open", Path: name, Err: syscall.ENOENT}
	}
	file, ok := r.files[at.path]
	if !ok {
		return nil, &fs.PathError{Op: "read", Path: name, Err: syscall.EISDIR}
	}
	return r.content(file.id, at.path)
}

func (r revision) ReadDir(name string) ([]string, error) {
	at, err := r.find(name)
	if err != nil || at.outside || !r.folders[at.path] {
		return nil, &fs.PathError{Op: "open", Path: name, Err: syscall.ENOENT}
	}
	return r.names(at.path), nil
}

func (revision) special(string) bool { return false }
