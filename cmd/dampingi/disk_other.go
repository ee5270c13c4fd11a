//go:build !linux

package main

import (
	"io/fs"

	"github.com/dampingi/dampingi/internal/doctor"
)

// ownerOf does not know whose a file is here.
func ownerOf(fs.FileInfo) int { return -1 }

// diskFacts does not know how much room there is here.
func diskFacts(string) *doctor.Disk { return nil }
