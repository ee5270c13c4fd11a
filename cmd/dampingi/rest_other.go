//go:build !linux

package main

import "runtime/debug"

// giveBack lets the system have what was freed of the heap.
func giveBack() { debug.FreeOSMemory() }
