// Command kubelet says which resolver settings the kubelet gives to pods.
//
// One JSON list of pods a line in, one list of {Servers, Searches, Options} a line out. The one argument is the cluster's
// domain; its DNS is 10.96.0.10, and the node's own file names no search domain.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/tools/record"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/kubelet/network/dns"
)

func main() {
	if err := run(os.Args[1], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "kubelet:", err)
		os.Exit(1)
	}
}

func run(domain string, in io.Reader, out io.Writer) error {
	klog.SetOutput(io.Discard)
	klog.LogToStderr(false)
	folder, err := os.MkdirTemp("", "kubelet")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	node := filepath.Join(folder, "resolv.conf")
	if err := os.WriteFile(node, []byte("nameserver 192.0.2.53\n"), 0o600); err != nil {
		return err
	}
	servers := []net.IP{net.ParseIP("10.96.0.10")}
	configurer := dns.NewConfigurer(&record.FakeRecorder{}, &corev1.ObjectReference{}, nil, servers, domain, node)
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	encoder := json.NewEncoder(out)
	for lines.Scan() {
		var pods []*corev1.Pod
		if err := json.Unmarshal(lines.Bytes(), &pods); err != nil {
			return err
		}
		settings := make([]*runtimeapi.DNSConfig, len(pods))
		for index, pod := range pods {
			if settings[index], err = configurer.GetPodDNS(context.Background(), pod); err != nil {
				return err
			}
		}
		if err := encoder.Encode(settings); err != nil {
			return err
		}
	}
	return lines.Err()
}
