// Command vulndb makes the database that govulncheck reads out of Go's vulnerability reports, as
// they come with the module golang.org/x/vulndb: it is had wherever modules are.
//
//	go run .ci/vulndb.go REPORTS OUT
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// report is what the indexes need of one report (https://go.dev/doc/security/vuln/database).
type report struct {
	ID       string    `json:"id"`
	Modified time.Time `json:"modified"`
	Aliases  []string  `json:"aliases,omitempty"`
	Affected []struct {
		Module struct {
			Path string `json:"name"`
		} `json:"package"`
	} `json:"affected"`
}

type vuln struct {
	ID       string    `json:"id"`
	Modified time.Time `json:"modified"`
}

type module struct {
	Path  string `json:"path"`
	Vulns []vuln `json:"vulns"`
}

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "vulndb:", err)
		os.Exit(1)
	}
}

func run(reports, out string) error {
	files, err := filepath.Glob(filepath.Join(reports, "*.json"))
	if err != nil || len(files) < 1000 { // there were more in 2023
		return fmt.Errorf("only %d reports in %s (%v)", len(files), reports, err)
	}
	modules := map[string]*module{}
	type entry struct {
		ID       string    `json:"id"`
		Modified time.Time `json:"modified"`
		Aliases  []string  `json:"aliases,omitempty"`
	}
	var all []entry
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var r report
		if err := json.Unmarshal(data, &r); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if err := write(data, out, "ID", r.ID+".json"); err != nil {
			return err
		}
		all = append(all, entry{r.ID, r.Modified, r.Aliases})
		for _, a := range r.Affected {
			m := modules[a.Module.Path]
			if m == nil {
				m = &module{Path: a.Module.Path}
				modules[a.Module.Path] = m
			}
			m.Vulns = append(m.Vulns, vuln{ID: r.ID, Modified: r.Modified})
		}
	}
	list := make([]*module, 0, len(modules))
	for _, m := range modules {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b *module) int {
		if a.Path < b.Path {
			return -1
		}
		return 1
	})
	for name, v := range map[string]any{"db": map[string]any{"modified": time.Time{}}, "modules": list, "vulns": all} {
		data, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if err := write(data, out, "index", name+".json"); err != nil {
			return err
		}
	}
	fmt.Printf("%d reports of vulnerabilities\n", len(files))
	return nil
}

func write(data []byte, path ...string) error {
	file := filepath.Join(path...)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}
