package records_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/vault"
)

func TestInspectLooksBesideABotThatWorks(t *testing.T) {
	v, err := vault.New()
	must(t, err)
	path := filepath.Join(t.TempDir(), "dampingi.db")
	s, err := records.Open(t.Context(), path, v, records.Options{})
	must(t, err)
	defer func() { must(t, s.Close()) }()
	must(t, s.AddPerson(t.Context(), program.Person{ID: "p-rina", Role: program.Companion, Name: "Rina", Active: true}))
	found, err := records.Inspect(t.Context(), path, v, true)
	must(t, err)
	if len(found.Damage) > 0 || found.Version != found.Newest || found.Newest == 0 || found.Proof.People != 1 {
		t.Errorf("found %+v", found)
	}
	other, err := vault.New()
	must(t, err)
	if _, err := records.Inspect(t.Context(), path, other, true); !errors.Is(err, records.ErrWrongKey) {
		t.Errorf("with another key: %v", err)
	}
	must(t, s.Check(t.Context())) // it was not disturbed
}

func TestInspectMakesNothing(t *testing.T) {
	v, err := vault.New()
	must(t, err)
	path := filepath.Join(t.TempDir(), "dampingi.db")
	if _, err := records.Inspect(t.Context(), path, v, false); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("where there is none: %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is one now: %v", err)
	}
	must(t, os.WriteFile(path, nil, 0o600))
	if _, err := records.Inspect(t.Context(), path, v, false); !errors.Is(err, records.ErrNotOurs) {
		t.Errorf("an empty file: %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > 0 {
		t.Errorf("it was written to: %v, %v", info, err)
	}
}
