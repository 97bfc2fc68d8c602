// Command renderer renders many Kustomize sources in one process. It reads one JSON request a line from standard
// input and writes JSON lines to standard output: first a greeting with its version, then for each request a line
// `{"id": n, "started": true}` when work on it begins and a line with the answer when it is done, in any order.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

const longestRequest = 1 << 26

func main() {
	version := flag.Bool("version", false, "print the version of Kustomize and stop")
	jobs := flag.Int("jobs", runtime.GOMAXPROCS(0), "sources rendered at once")
	memory := flag.Uint64("memory", 0, "address space in bytes, 0 for no limit")
	flag.Parse()
	if *version {
		fmt.Println(kustomizeVersion)
		return
	}
	debug.SetGCPercent(400) // short life, much garbage: a quarter of the time
	if err := limit(*memory); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	known := newRepositories(findGit())
	refuseTheWorld()
	if err := serve(os.Stdin, os.Stdout, known, *jobs); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// refuseTheWorld is the second line of defence behind the closure check: Kustomize fetches over HTTP with the
// default transport and runs `git` from PATH. A generator's env file may also name a variable without a value, which
// Kustomize takes from its own: a tree that is judged must not see those of the user.
func refuseTheWorld() {
	log.SetOutput(io.Discard)
	http.DefaultTransport = noTransport{}
	http.DefaultClient = &http.Client{Transport: noTransport{}}
	kept := map[string]string{}
	for _, name := range []string{"TMPDIR", "TEMP", "TMP", "SYSTEMROOT"} {
		if value, ok := os.LookupEnv(name); ok {
			kept[name] = value
		}
	}
	os.Clearenv()
	for name, value := range kept {
		os.Setenv(name, value)
	}
	os.Setenv("PATH", "")
}

type noTransport struct{}

func (noTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	return nil, fmt.Errorf("ringtrue fetches nothing, and %s is remote", withoutPassword(request.URL.String()))
}

// serve answers until the input ends. Requests wait for a free worker, so `started` lines are true.
func serve(input io.Reader, output io.Writer, known *repositories, jobs int) error {
	lines := &lineWriter{to: output}
	lines.put(greeting{Renderer: "ringtrue", Version: kustomizeVersion})
	requests := make(chan request)
	var workers sync.WaitGroup
	for range jobs {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for r := range requests {
				lines.put(handle(r, known, func() { lines.put(started{ID: r.ID, Started: true}) }))
			}
		}()
	}
	err := read(input, requests)
	close(requests)
	workers.Wait()
	return err
}

func read(input io.Reader, requests chan<- request) error {
	scanner := bufio.NewScanner(input)
	scanner.Buffer(make([]byte, 1<<16), longestRequest)
	for scanner.Scan() {
		var r request
		if err := json.Unmarshal(scanner.Bytes(), &r); err != nil {
			return fmt.Errorf("not a request: %w", err)
		}
		requests <- r
	}
	return scanner.Err()
}

// lineWriter writes whole lines from many goroutines.
type lineWriter struct {
	mutex sync.Mutex
	to    io.Writer
}

func (w *lineWriter) put(value any) {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if _, err := w.to.Write(line.Bytes()); err != nil {
		os.Exit(2) // nobody reads any more
	}
}
