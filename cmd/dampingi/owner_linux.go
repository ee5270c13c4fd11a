package main

import (
	"io/fs"
	"syscall"
)

// ownerOf is the number of the user whose a file is.
func ownerOf(info fs.FileInfo) int {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(st.Uid)
	}
	return -1
}
