package main

import (
	"context"
	"fmt"

	"github.com/coredns/coredns/plugin/kubernetes"
	"github.com/coredns/coredns/plugin/kubernetes/object"
	corev1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
)

type world struct {
	Zone       string                     `json:"zone"`
	Namespaces []string                   `json:"namespaces"`
	Services   []*corev1.Service          `json:"services"`
	Slices     []*discovery.EndpointSlice `json:"slices"`
	Questions  []string                   `json:"questions"`
}

// cluster is what the plugin's informers would hold: it stands in for the plugin's own cache.
type cluster struct {
	namespaces map[string]*object.Namespace
	services   map[string][]*object.Service
	endpoints  map[string][]*object.Endpoints
}

func newCluster(given world) (*cluster, error) {
	made := &cluster{
		namespaces: map[string]*object.Namespace{},
		services:   map[string][]*object.Service{},
		endpoints:  map[string][]*object.Endpoints{},
	}
	for _, name := range given.Namespaces {
		made.namespaces[name] = &object.Namespace{Name: name}
	}
	for _, service := range given.Services {
		converted, err := object.ToService(service)
		if err != nil {
			return nil, err
		}
		kept := converted.(*object.Service)
		made.services[kept.Index] = append(made.services[kept.Index], kept)
	}
	for _, slice := range given.Slices {
		converted, err := object.EndpointSliceToEndpoints(slice)
		if err != nil {
			return nil, err
		}
		kept := converted.(*object.Endpoints)
		made.endpoints[kept.Index] = append(made.endpoints[kept.Index], kept)
	}
	return made, nil
}

func (c *cluster) SvcIndex(key string) []*object.Service { return c.services[key] }

func (c *cluster) EpIndex(key string) []*object.Endpoints { return c.endpoints[key] }

func (c *cluster) GetNamespaceByName(name string) (*object.Namespace, error) {
	if found := c.namespaces[name]; found != nil {
		return found, nil
	}
	return nil, fmt.Errorf("no namespace %q", name)
}

// The rest of the interface: other queries than A need it.

func (c *cluster) ServiceList() []*object.Service                              { return nil }
func (c *cluster) EndpointsList() []*object.Endpoints                          { return nil }
func (c *cluster) ServiceImportList() []*object.ServiceImport                  { return nil }
func (c *cluster) SvcIndexReverse(string) []*object.Service                    { return nil }
func (c *cluster) SvcExtIndexReverse(string) []*object.Service                 { return nil }
func (c *cluster) SvcImportIndex(string) []*object.ServiceImport               { return nil }
func (c *cluster) PodIndex(string) []*object.Pod                               { return nil }
func (c *cluster) EpIndexReverse(string) []*object.Endpoints                   { return nil }
func (c *cluster) McEpIndex(string) []*object.MultiClusterEndpoints            { return nil }
func (c *cluster) GetNodeByName(context.Context, string) (*corev1.Node, error) { return nil, nil }
func (c *cluster) Run()                                                        {}
func (c *cluster) HasSynced() bool                                             { return true }
func (c *cluster) Stop() error                                                 { return nil }
func (c *cluster) Modified(kubernetes.ModifiedMode) int64                      { return 0 }
