//go:build !linux

package main

import "runtime/debug"

// limit asks Go's collector to stay below bytes; only Linux has a hard limit on address space that Go lives with.
func limit(bytes uint64) error {
	if bytes > 0 {
		debug.SetMemoryLimit(int64(bytes / 4 * 3))
	}
	return nil
}
