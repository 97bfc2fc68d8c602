// Command endpointslice answers, for each world, with the EndpointSlices that the upstream reconciler writes.
//
// One JSON world a line in, one JSON list of slices a line out. A Service goes through protobuf first, as it does
// between the API server and etcd: an empty selector comes back as none (SEL-02).
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/fake"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/testing"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/endpointslice"
	"k8s.io/endpointslice/util"
	"k8s.io/klog/v2"
)

const (
	controller   = "endpointslice-controller.k8s.io"
	maxEndpoints = 100
)

type world struct {
	Services []*corev1.Service `json:"services"`
	Pods     []*corev1.Pod     `json:"pods"`
}

func main() {
	klog.SetOutput(io.Discard)
	klog.LogToStderr(false)
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		slices, err := answer(in.Bytes())
		if err != nil {
			fmt.Fprintln(os.Stderr, "endpointslice:", err)
			os.Exit(1)
		}
		if err := out.Encode(slices); err != nil {
			os.Exit(1)
		}
	}
}

func answer(line []byte) ([]*discovery.EndpointSlice, error) {
	var given world
	if err := json.Unmarshal(line, &given); err != nil {
		return nil, err
	}
	written := []*discovery.EndpointSlice{}
	client := &fake.Clientset{}
	client.AddReactor("create", "endpointslices", func(action testing.Action) (bool, runtime.Object, error) {
		slice := action.(testing.CreateAction).GetObject().(*discovery.EndpointSlice)
		slice.Name = fmt.Sprintf("%s%d", slice.GenerateName, len(written))
		written = append(written, slice)
		return true, slice, nil
	})
	reconciler := endpointslice.NewReconciler(client, nodes(given.Pods), maxEndpoints, util.NewEndpointSliceTracker(),
		nil, &record.FakeRecorder{}, controller)
	for _, sent := range given.Services {
		service, err := stored(sent)
		if err != nil {
			return nil, err
		}
		if err := reconcile(reconciler, service, given.Pods); err != nil {
			return nil, err
		}
	}
	return written, nil
}

// reconcile does what the controller does around the reconciler: it leaves alone what has no selector, and lists pods.
func reconcile(reconciler *endpointslice.Reconciler, service *corev1.Service, pods []*corev1.Pod) error {
	if service.Spec.Type == corev1.ServiceTypeExternalName || service.Spec.Selector == nil {
		return nil
	}
	selector := labels.Set(service.Spec.Selector).AsSelectorPreValidated()
	var selected []*corev1.Pod
	for _, pod := range pods {
		if pod.Namespace == service.Namespace && selector.Matches(labels.Set(pod.Labels)) {
			selected = append(selected, pod)
		}
	}
	return reconciler.Reconcile(klog.Background(), service, selected, nil, time.Now())
}

func stored(sent *corev1.Service) (*corev1.Service, error) {
	bytes, err := sent.Marshal()
	if err != nil {
		return nil, err
	}
	service := &corev1.Service{}
	return service, service.Unmarshal(bytes)
}

func nodes(pods []*corev1.Pod) listers.NodeLister {
	indexer := cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{})
	for _, pod := range pods {
		_ = indexer.Add(&corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: pod.Spec.NodeName}})
	}
	return listers.NewNodeLister(indexer)
}
