// Command coredns answers address queries with the CoreDNS kubernetes plugin, set up by a Corefile as kubeadm writes it.
//
// One JSON world with its questions a line in, one JSON list of answers a line out. What leaves the zone is answered
// by nobody: "outside".
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/coredns/caddy"
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/plugin/kubernetes"
	"github.com/coredns/coredns/plugin/pkg/dnstest"
	"github.com/coredns/coredns/plugin/test"
	"github.com/coredns/coredns/request"
	"github.com/miekg/dns"
)

// The endpoint is never called: the plugin's cache is replaced by the world.
const corefile = `kubernetes %s in-addr.arpa ip6.arpa {
	endpoint http://127.0.0.1:1
	pods insecure
	fallthrough in-addr.arpa ip6.arpa
	ttl 30
}`

type answer struct {
	Rcode     string   `json:"rcode"`
	Addresses []string `json:"addresses"`
	Aliases   []string `json:"aliases"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		answers, err := answerAll(in.Bytes())
		if err != nil {
			fmt.Fprintln(os.Stderr, "coredns:", err)
			os.Exit(1)
		}
		if err := out.Encode(answers); err != nil {
			os.Exit(1)
		}
	}
}

func answerAll(line []byte) ([]answer, error) {
	var given world
	if err := json.Unmarshal(line, &given); err != nil {
		return nil, err
	}
	plugin, err := configured(given.Zone)
	if err != nil {
		return nil, err
	}
	cluster, err := newCluster(given)
	if err != nil {
		return nil, err
	}
	plugin.APIConn = cluster
	plugin.Upstream = nobody{}
	plugin.Next = nobody{}
	answers := make([]answer, len(given.Questions))
	for index, question := range given.Questions {
		if answers[index], err = ask(plugin, question); err != nil {
			return nil, fmt.Errorf("%s: %w", question, err)
		}
	}
	return answers, nil
}

// configured runs the plugin's own set-up, which is the only way to its options.
func configured(zone string) (*kubernetes.Kubernetes, error) {
	controller := caddy.NewTestController("dns", fmt.Sprintf(corefile, zone))
	setUp, err := caddy.DirectiveAction("dns", "kubernetes")
	if err != nil {
		return nil, err
	}
	if err := setUp(controller); err != nil {
		return nil, err
	}
	handler := dnsserver.GetConfig(controller).Plugin[0](nil)
	return handler.(*kubernetes.Kubernetes), nil
}

// ask puts the two queries that every resolver puts: for IPv4 and for IPv6 addresses.
func ask(plugin *kubernetes.Kubernetes, name string) (answer, error) {
	var found answer
	for _, kind := range []uint16{dns.TypeAAAA, dns.TypeA} {
		query := new(dns.Msg).SetQuestion(dns.Fqdn(name), kind)
		recorder := dnstest.NewRecorder(&test.ResponseWriter{})
		if _, err := plugin.ServeDNS(context.Background(), recorder, query); err != nil {
			return answer{}, err
		}
		if found = read(recorder.Msg); found.Rcode == "ok" {
			break
		}
	}
	return found, nil
}

func read(message *dns.Msg) answer {
	if message == nil {
		return answer{Rcode: "outside"}
	}
	found := answer{Rcode: rcode(message)}
	for _, record := range message.Answer {
		switch record := record.(type) {
		case *dns.A:
			found.Addresses = append(found.Addresses, record.A.String())
		case *dns.AAAA:
			found.Addresses = append(found.Addresses, record.AAAA.String())
		case *dns.CNAME:
			found.Aliases = append(found.Aliases, strings.TrimSuffix(record.Target, "."))
		}
	}
	return found
}

func rcode(message *dns.Msg) string {
	switch {
	case message.Rcode == dns.RcodeNameError:
		return "nxdomain"
	case message.Rcode != dns.RcodeSuccess:
		return strings.ToLower(dns.RcodeToString[message.Rcode])
	case len(message.Answer) == 0:
		return "nodata"
	case message.Answer[len(message.Answer)-1].Header().Rrtype == dns.TypeCNAME:
		return "outside"
	}
	return "ok"
}

// nobody stands for the rest of the Internet: it knows no name.
type nobody struct{}

func (nobody) Name() string { return "nobody" }

func (nobody) ServeDNS(context.Context, dns.ResponseWriter, *dns.Msg) (int, error) {
	return dns.RcodeSuccess, nil
}

func (nobody) Lookup(context.Context, request.Request, string, uint16) (*dns.Msg, error) {
	return new(dns.Msg), nil
}
