package main

import (
	"path/filepath"
	"regexp"
	"strings"
)

var (
	webAddress = regexp.MustCompile(`(?i)^https?:[^\n]*$`)
	anyScheme  = regexp.MustCompile(`(?i)^(https?|ssh|file)://`)
	forcedGit  = regexp.MustCompile(`(?i)^git::`)
	userName   = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9-]*@`)
	github     = regexp.MustCompile(`(?i)^github\.com[/:]`)
	secretUser = regexp.MustCompile(`://[^/@\s]+@`)
)

// remoteFile says whether Kustomize would get name over HTTP where it wants a file.
func remoteFile(name string) bool {
	return webAddress.MatchString(name)
}

// remoteRoot says whether Kustomize would clone name where it wants a directory: a URL, or what it takes for
// `user@host:path` or `github.com/owner/repository`, even when a local directory has that name.
func remoteRoot(name string) bool {
	if filepath.IsAbs(name) {
		return false
	}
	name, _, _ = strings.Cut(forcedGit.ReplaceAllString(name, ""), "?")
	if remoteFile(name) || anyScheme.MatchString(name) {
		return true
	}
	user := userName.FindString(name)
	name = name[len(user):]
	if user == "" && !github.MatchString(name) {
		return false
	}
	end := strings.IndexAny(name, "/:")
	if end < 0 {
		return false
	}
	return namesRepository(name[end+1:])
}

func namesRepository(path string) bool {
	for _, mark := range []string{"_git/", "//", ".git"} {
		if strings.Contains(path, mark) {
			return true
		}
	}
	return strings.Contains(path, "/")
}

// withoutPassword hides user names and passwords of a URL.
func withoutPassword(address string) string {
	return secretUser.ReplaceAllString(address, "://***@")
}
