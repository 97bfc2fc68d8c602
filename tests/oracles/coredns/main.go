// Command coredns answers address and SRV queries with the CoreDNS kubernetes plugin, set up by a Corefile as kubeadm writes it.
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

// answer holds, for an SRV query, a port for each address.
type answer struct {
	Rcode     string   `json:"rcode"`
	Addresses []string `json:"addresses"`
	Aliases   []string `json:"aliases"`
	Ports     []uint16 `json:"ports"`
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
		name, isService := strings.CutPrefix(question, "SRV ")
		put := lookUp
		if isService {
			put = lookUpService
		}
		if answers[index], err = put(plugin, name); err != nil {
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

// lookUp puts the two queries that every resolver puts, for IPv4 and for IPv6 addresses, and takes what both bring.
func lookUp(plugin *kubernetes.Kubernetes, name string) (answer, error) {
	four, err := ask(plugin, name, dns.TypeA)
	if err != nil {
		return answer{}, err
	}
	six, err := ask(plugin, name, dns.TypeAAAA)
	if err != nil {
		return answer{}, err
	}
	both, more := read(four), read(six)
	if more.Rcode != "ok" {
		return both, nil
	}
	if both.Rcode == "ok" {
		more.Addresses = append(both.Addresses, more.Addresses...)
	}
	return more, nil
}

// lookUpService asks for SRV records, whose targets' addresses come along.
func lookUpService(plugin *kubernetes.Kubernetes, name string) (answer, error) {
	message, err := ask(plugin, name, dns.TypeSRV)
	if err != nil || message == nil {
		return answer{Rcode: "outside"}, err
	}
	found := answer{Rcode: rcode(message)}
	for _, record := range message.Answer {
		service, isService := record.(*dns.SRV)
		if !isService {
			continue
		}
		for _, extra := range message.Extra {
			if address := addressOf(extra); address != "" && extra.Header().Name == service.Target {
				found.Addresses = append(found.Addresses, address)
				found.Ports = append(found.Ports, service.Port)
			}
		}
	}
	return found, nil
}

func ask(plugin *kubernetes.Kubernetes, name string, kind uint16) (*dns.Msg, error) {
	query := new(dns.Msg).SetQuestion(dns.Fqdn(name), kind)
	recorder := dnstest.NewRecorder(&test.ResponseWriter{})
	_, err := plugin.ServeDNS(context.Background(), recorder, query)
	return recorder.Msg, err
}

func read(message *dns.Msg) answer {
	if message == nil {
		return answer{Rcode: "outside"}
	}
	found := answer{Rcode: rcode(message)}
	for _, record := range message.Answer {
		if address := addressOf(record); address != "" {
			found.Addresses = append(found.Addresses, address)
		}
		if alias, isAlias := record.(*dns.CNAME); isAlias {
			found.Aliases = append(found.Aliases, strings.TrimSuffix(alias.Target, "."))
		}
	}
	return found
}

func addressOf(record dns.RR) string {
	switch record := record.(type) {
	case *dns.A:
		return record.A.String()
	case *dns.AAAA:
		return record.AAAA.String()
	}
	return ""
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
