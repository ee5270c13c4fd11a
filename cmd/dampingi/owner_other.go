//go:build !linux

package main

import "io/fs"

// ownerOf does not know whose a file is here.
func ownerOf(fs.FileInfo) int { return -1 }
