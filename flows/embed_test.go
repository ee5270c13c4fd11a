package flows_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/dampingi/dampingi/flows"
)

func TestAll(t *testing.T) {
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, f := range all {
		ids = append(ids, f.ID)
	}
	if got := strings.Join(ids, " "); !slices.IsSorted(ids) || !slices.Contains(ids, "kunjungan") {
		t.Errorf("flows by file name: %s", got)
	}
}

func TestArchiveIsOlder(t *testing.T) {
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	current := map[string]int{}
	for _, f := range all {
		current[f.ID] = f.Version
	}
	old, err := flows.Archive()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range old {
		if v, ok := current[f.ID]; ok && f.Version >= v {
			t.Errorf("archive has %s version %d, the current one is %d", f.ID, f.Version, v)
		}
	}
}

func TestReadReportsEveryFile(t *testing.T) {
	good, err := flows.Files.ReadFile("usaha.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = flows.Read(fstest.MapFS{
		"a.yaml": {Data: good},
		"b.yaml": {Data: []byte("id: b")},
	}, ".")
	if err == nil {
		t.Fatal("want an error")
	}
	for _, want := range []string{`a.yaml:1:1: the flow "usaha"`, "b.yaml:1:1: the flow has no \"version\""} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in:\n%v", want, err)
		}
	}
}
