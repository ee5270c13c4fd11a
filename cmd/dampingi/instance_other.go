//go:build !unix

package main

import "os"

// canLock is whether files can be locked here.
const canLock = false

// lock does not know how to lock a file here: every process gets a name of its own, and waits
// after a crash until the lease has run out.
func lock(*os.File) error { return errLocked }
