package main

import (
	"os"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// source is where files come from: the disk, or a revision in git. Names are absolute. Nothing in it writes.
type source interface {
	// CleanedAbs follows links and gives the directory and the file in it, "" for a directory; an error for what is
	// missing. A link that leaves the source gives what it leads to.
	CleanedAbs(name string) (filesys.ConfirmedDir, string, error)
	ReadFile(name string) ([]byte, error)
	IsDir(name string) bool
	ReadDir(name string) ([]string, error)
	// special says whether name is a pipe, a socket or a device, where reading may never end.
	special(name string) bool
}

type disk struct {
	filesys.FileSystem
}

func newDisk() disk {
	return disk{filesys.MakeFsOnDisk()}
}

func (disk) special(name string) bool {
	status, err := os.Stat(name)
	return err == nil && !status.IsDir() && !status.Mode().IsRegular()
}
