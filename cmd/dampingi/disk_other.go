//go:build !linux && !darwin

package main

import "github.com/dampingi/dampingi/internal/vitals"

// diskOf does not know how to ask here.
func diskOf(string) *vitals.Disk { return nil }
