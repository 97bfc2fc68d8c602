package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
)

const (
	blobCache = 64 << 20 // bytes of blobs that are kept for the next source or revision
	endMark   = "ringtrue-end-of-file"
)

func notHere(path string) error {
	return fmt.Errorf("the content of %s is not in this clone; if it is partial, clone without --filter", quoted(path))
}

// blobReader reads blobs through one `git cat-file --batch`, one at a time. With filters it gives what a checkout would
// write; git then tells the length before the filters, so the end is found by asking for an object that cannot be.
type blobReader struct {
	command func() *exec.Cmd
	filters bool
	mutex   sync.Mutex
	ask     io.Writer     // nil when git does not run
	answers *bufio.Reader // it ends when this process does, which closes its input
	kept    map[string][]byte
	size    int
}

func newBlobReader(git gitProgram, repository string, with *checkout) *blobReader {
	reader := &blobReader{filters: with != nil, kept: map[string][]byte{}}
	reader.command = func() *exec.Cmd {
		if with == nil {
			return git.command(repository, "cat-file", "--batch")
		}
		command := git.command(repository, append(with.settings, "cat-file", "--batch", "--filters")...)
		command.Env = append(command.Env, with.variables...)
		command.Dir = with.folder // where git looks for attributes
		return command
	}
	return reader
}

func (b *blobReader) start() (err error) {
	command := b.command()
	ask, err := command.StdinPipe()
	if err != nil {
		return err
	}
	answers, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	b.ask, b.answers = ask, bufio.NewReaderSize(answers, 1<<16)
	return command.Start()
}

// read gives a blob; path is repository-relative, for the filters.
func (b *blobReader) read(id, path string) ([]byte, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	key := id
	if b.filters {
		key += " " + path
	}
	content, ok := b.kept[key]
	if !ok {
		var err error
		if content, err = b.fetch(key, path); err != nil {
			return nil, err
		}
		b.keep(key, content)
	}
	return bytes.Clone(content), nil
}

func (b *blobReader) keep(key string, content []byte) {
	if b.size += len(content); b.size > blobCache {
		clear(b.kept)
		b.size = len(content)
	}
	b.kept[key] = content
}

// fetch starts git where it does not run. In a partial clone git gives up when it may not fetch what is missing, and is
// started again for the next file.
func (b *blobReader) fetch(request, path string) ([]byte, error) {
	if strings.Contains(request, "\n") {
		return nil, fmt.Errorf("%s cannot be asked of git", quoted(path))
	}
	if b.ask == nil {
		if err := b.start(); err != nil {
			return nil, err
		}
	}
	content, err := b.exchange(request)
	if err != nil {
		b.ask = nil
	}
	if content == nil {
		return nil, notHere(path)
	}
	return content, nil
}

// exchange gives no content for an object that is not here, and an error when git has stopped.
func (b *blobReader) exchange(request string) ([]byte, error) {
	if _, err := fmt.Fprintln(b.ask, request); err != nil {
		return nil, err
	}
	header, err := b.answers.ReadString('\n')
	if err != nil {
		return nil, err
	}
	var id, kind string
	var size int
	if n, _ := fmt.Sscan(header, &id, &kind, &size); n != 3 {
		return nil, nil
	}
	if b.filters {
		return b.untilMark()
	}
	content := make([]byte, size+1) // and a line end
	if _, err := io.ReadFull(b.answers, content); err != nil {
		return nil, err
	}
	return content[:size], nil
}

func (b *blobReader) untilMark() ([]byte, error) {
	if _, err := fmt.Fprintln(b.ask, endMark+" x"); err != nil {
		return nil, err
	}
	end := []byte("\n" + endMark + " missing\n")
	content := []byte{}
	for !bytes.HasSuffix(content, end) {
		line, err := b.answers.ReadBytes('\n')
		if err != nil {
			return nil, err
		}
		content = append(content, line...)
	}
	return content[:len(content)-len(end)], nil
}
