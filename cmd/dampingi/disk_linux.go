package main

import (
	"io/fs"
	"syscall"

	"github.com/dampingi/dampingi/internal/doctor"
)

// ownerOf is the number of the user whose a file is.
func ownerOf(info fs.FileInfo) int {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(st.Uid)
	}
	return -1
}

// diskFacts is the room that this user has where a folder stands.
func diskFacts(dir string) *doctor.Disk {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return nil
	}
	block := uint64(st.Bsize) //nolint:gosec // a size is never negative
	return &doctor.Disk{Free: st.Bavail * block, Size: st.Blocks * block}
}
