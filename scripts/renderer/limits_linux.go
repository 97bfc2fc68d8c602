package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"syscall"
)

const prSetParentDeathSignal = 1

func init() {
	runtime.LockOSThread() // the death signal below belongs to the thread that asks for it
}

// limit bounds this process: an alias bomb ends in "out of memory" instead of taking the machine with it, and a
// ringtrue that is killed leaves no renderer behind.
func limit(bytes uint64) error {
	syscall.RawSyscall(syscall.SYS_PRCTL, prSetParentDeathSignal, uintptr(syscall.SIGKILL), 0)
	if bytes == 0 {
		return nil
	}
	debug.SetMemoryLimit(int64(bytes / 4 * 3))
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: bytes, Max: bytes}); err != nil {
		return fmt.Errorf("address space limit: %w", err)
	}
	return nil
}
