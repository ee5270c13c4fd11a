//go:build profile

package main

import (
	"log/slog"
	"net/http"
	_ "net/http/pprof" // under /debug/pprof
	"os"
)

// A bot that is built with -tags profile tells at PPROF where its time goes. No release is
// built so; docs/benchmarks.md says how it is used.
func init() { //nolint:gochecknoinits // nothing else may know of it
	addr := os.Getenv("PPROF")
	if addr == "" {
		return
	}
	go func() {
		slog.Error("profile", "error", http.ListenAndServe(addr, nil)) //nolint:gosec // on a developer's machine
	}()
}
