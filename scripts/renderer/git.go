package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// gitProgram asks git about one repository. It is found, and the variables are taken, before refuseTheWorld empties both.
type gitProgram struct {
	path    string
	environ []string
}

var errNoGit = errors.New("git is not on PATH; install git 2.25 or later")

func findGit() gitProgram {
	program, err := exec.LookPath("git")
	if err != nil {
		program = ""
	}
	return gitProgram{path: program, environ: os.Environ()}
}

// Variables that say where a repository is. Those that name its objects are kept for the repository that they belong to:
// a server's hook runs while the pushed objects are in quarantine.
var (
	locating = []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE"}
	objects  = []string{"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH"}
)

// quiet: no question, no lock, no network (a partial clone would fetch what it lacks), no local replacement of objects,
// and what git says in English.
var quiet = []string{
	"GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_ALLOW_PROTOCOL=none", "GIT_NO_LAZY_FETCH=1",
	"GIT_NO_REPLACE_OBJECTS=1", "GIT_LFS_SKIP_SMUDGE=1", "LC_ALL=C",
}

// small keeps git's windows on packs within the address space that the renderer may have.
var small = []string{"-c", "core.packedGitWindowSize=32m", "-c", "core.packedGitLimit=512m"}

func (g gitProgram) command(repository string, arguments ...string) *exec.Cmd {
	command := exec.Command(g.path, append(append([]string{}, small...), arguments...)...)
	command.Env = append(g.variables(repository), append([]string{"GIT_DIR=" + repository}, quiet...)...)
	return command
}

func (g gitProgram) variables(repository string) (kept []string) {
	dropped := append([]string{}, locating...)
	if told := g.variable("GIT_DIR"); told != "" && !sameFile(told, repository) {
		dropped = append(dropped, objects...)
	}
	for _, variable := range g.environ {
		name, _, _ := strings.Cut(variable, "=")
		if !slices.Contains(dropped, name) {
			kept = append(kept, variable)
		}
	}
	// They may be relative to where a hook runs, and git may be started elsewhere.
	for _, name := range []string{"GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH"} {
		if value := g.variable(name); value != "" && !slices.Contains(dropped, name) {
			if absolute, err := filepath.Abs(value); err == nil {
				kept = append(kept, name+"="+absolute)
			}
		}
	}
	return kept
}

func (g gitProgram) variable(wanted string) string {
	for _, variable := range g.environ {
		if name, value, _ := strings.Cut(variable, "="); name == wanted {
			return value
		}
	}
	return ""
}

// output gives what git prints; its error is git's last word.
func (g gitProgram) output(repository string, arguments ...string) ([]byte, error) {
	if g.path == "" {
		return nil, errNoGit
	}
	var log bytes.Buffer
	command := g.command(repository, arguments...)
	command.Stderr = &log
	content, err := command.Output()
	if err != nil {
		if words := strings.TrimSpace(log.String()); words != "" {
			err = errors.New(strings.TrimPrefix(words, "fatal: "))
		}
		return nil, err
	}
	return content, nil
}

func sameFile(one, other string) bool {
	first, err := filepath.EvalSymlinks(one)
	second, problem := filepath.EvalSymlinks(other)
	if err != nil || problem != nil {
		return false
	}
	first, err = filepath.Abs(first)
	second, problem = filepath.Abs(second)
	return err == nil && problem == nil && first == second
}
