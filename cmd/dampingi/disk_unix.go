//go:build linux || darwin

package main

import (
	"syscall"

	"github.com/dampingi/dampingi/internal/vitals"
)

// diskOf looks at the disk on which a folder is; nil when it cannot be asked.
func diskOf(dir string) *vitals.Disk {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil {
		return nil
	}
	block := int64(s.Bsize)                                                           //nolint:unconvert // another type on other systems
	return &vitals.Disk{Free: int64(s.Bavail) * block, Size: int64(s.Blocks) * block} //nolint:gosec // no disk is that large
}
