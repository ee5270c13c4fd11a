//go:build unix

package vault_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/dampingi/dampingi/internal/vault"
)

// TestAKeyFileInHostilePlaces is about what others may have done to the file or to its folder.
func TestAKeyFileInHostilePlaces(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		prepare func(dir, path string) error
		want    error
		says    string
	}{
		"a folder of one's own":           {func(dir, _ string) error { return os.Chmod(dir, 0o700) }, nil, ""},
		"a folder that others read":       {func(dir, _ string) error { return os.Chmod(dir, 0o755) }, nil, ""},
		"a folder that anybody writes to": {func(dir, _ string) error { return os.Chmod(dir, 0o777) }, vault.ErrFolder, "chmod 700"},
		"the same, and the file read-only": {
			func(dir, path string) error { return errors.Join(os.Chmod(path, 0o400), os.Chmod(dir, 0o703)) }, vault.ErrFolder, "chmod 700",
		},
		"a folder like /tmp":       {func(dir, _ string) error { return os.Chmod(dir, os.ModeSticky|0o777) }, nil, ""},
		"a file that others run":   {func(_, path string) error { return os.Chmod(path, 0o611) }, vault.ErrExposed, "chmod 600"},
		"a file that others write": {func(_, path string) error { return os.Chmod(path, 0o602) }, vault.ErrExposed, "chmod 600"},
		"a link to nothing": {
			func(dir, path string) error {
				return errors.Join(os.Remove(path), os.Symlink(filepath.Join(dir, "none"), path))
			}, vault.ErrKind, "KEY_FILE",
		},
		"a link to itself": {func(_, path string) error { return errors.Join(os.Remove(path), os.Symlink(path, path)) }, vault.ErrKind, "KEY_FILE"},
		"a folder":         {func(_, path string) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) }, vault.ErrKind, "KEY_FILE"},
		"a pipe": { // opening it would wait for ever
			func(_, path string) error { return errors.Join(os.Remove(path), syscall.Mkfifo(path, 0o600)) }, vault.ErrKind, "KEY_FILE",
		},
		"an empty file": {func(_, path string) error { return os.Truncate(path, 0) }, vault.ErrDamaged, "copy"},
		"a huge file":   {func(_, path string) error { return os.Truncate(path, 1<<40) }, vault.ErrDamaged, "copy"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "keys")
			path := filepath.Join(dir, "key")
			if err := errors.Join(os.Mkdir(dir, 0o700), vault.Create(path), tt.prepare(dir, path)); err != nil {
				t.Fatal(err)
			}
			_, err := vault.Open(path)
			if !errors.Is(err, tt.want) || err != nil && !strings.Contains(fmt.Sprint(err), tt.says) {
				t.Errorf("Open: %v, want %v", err, tt.want)
			}
			if before, err := os.Lstat(path); err == nil {
				if vault.Create(path) == nil {
					t.Error("Create made one over it")
				}
				if after, err := os.Lstat(path); err != nil || !os.SameFile(before, after) {
					t.Errorf("it was changed: %v", err)
				}
			}
		})
	}
}

func TestNoKeyIsMadeWhereAnybodyCanExchangeIt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "key")
	if err := vault.Create(path); !errors.Is(err, vault.ErrFolder) {
		t.Errorf("%v", err)
	}
	if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("there is a file: %v", err)
	}
}
