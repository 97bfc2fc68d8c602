package main

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
)

// converting are the attributes that make a checkout differ from the blob on Linux. Filter drivers are set by the user's
// own configuration, which Argo CD does not have.
var converting = regexp.MustCompile(`eol=crlf|\bcrlf\b|\bident\b|working-tree-encoding`)

var driver = regexp.MustCompile(`\bfilter=([\w.-]+)`)

// checkout is what git has where Argo CD checks out, whatever the user's own configuration says.
type checkout struct {
	folder    string // the working tree, which holds the attributes alone
	settings  []string
	variables []string
}

// attributeFiles are the `.gitattributes` of a revision, by path.
type attributeFiles map[string][]byte

// blobsOf gives the reader for a revision: the repository's own, or one with filters where `.gitattributes` asks for it.
func (r *repository) blobsOf(files map[string]object) (*blobReader, error) {
	attributes := attributeFiles{}
	needed := false
	for name, file := range files {
		if path.Base(name) != ".gitattributes" || file.kind != plainFile {
			continue
		}
		content, err := r.blobs.read(file.id, name)
		if err != nil {
			return nil, err
		}
		attributes[name] = content
		needed = needed || converting.Match(content)
	}
	if !needed {
		return r.blobs, nil
	}
	with, err := attributes.checkout()
	if err != nil {
		return nil, err
	}
	return newBlobReader(r.git, r.path, with), nil
}

// checkout writes the attributes where git looks for them: it takes them from the working tree of the moment, so it is
// shown another one. The folder lies in TMPDIR, which ringtrue makes for this process and removes after it.
func (a attributeFiles) checkout() (*checkout, error) {
	folder, err := os.MkdirTemp("", "ringtrue-")
	if err != nil {
		return nil, err
	}
	with := &checkout{folder: folder, variables: []string{"GIT_WORK_TREE=" + folder}}
	with.set("core.autocrlf=false", "core.eol=lf", "core.safecrlf=false", "core.attributesFile="+os.DevNull)
	for name, content := range a {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, err
		}
		if err := os.WriteFile(file, content, 0o600); err != nil {
			return nil, err
		}
		for _, found := range driver.FindAllSubmatch(content, -1) {
			name := "filter." + string(found[1])
			with.set(name+".smudge=", name+".process=", name+".required=false")
		}
	}
	return with, nil
}

func (c *checkout) set(settings ...string) {
	for _, setting := range settings {
		c.settings = append(c.settings, "-c", setting)
	}
}
