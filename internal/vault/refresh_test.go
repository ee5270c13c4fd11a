package vault_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/dampingi/dampingi/internal/vault"
)

// onFile makes a key file and opens it twice, as a bot that serves and a command beside it.
func onFile(t *testing.T) (path string, serving, beside *vault.Vault) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "key")
	if err := vault.Create(path); err != nil {
		t.Fatal(err)
	}
	open := func() *vault.Vault {
		v, err := vault.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	return path, open(), open()
}

func TestARotatedKeyIsFollowedWithoutARestart(t *testing.T) {
	t.Parallel()
	path, serving, beside := onFile(t)
	bind := []byte("row/1")
	old, err := serving.Seal([]byte("old"), bind)
	if err != nil {
		t.Fatal(err)
	}
	if serving.Refresh() {
		t.Error("the same file has other keys")
	}
	if err := vault.Rotate(path); err != nil {
		t.Fatal(err)
	}
	if !beside.Refresh() || beside.Refresh() {
		t.Error("a rotated file is to be read once")
	}
	sealed, err := beside.Seal([]byte("new"), bind)
	if err != nil {
		t.Fatal(err)
	}
	if beside.Newest(old) || !beside.Newest(sealed) || !serving.Newest(old) {
		t.Error("the newest key is mistaken")
	}
	// The first value under the new key lets the other follow.
	if plain, err := serving.Open(sealed, bind); err != nil || string(plain) != "new" {
		t.Errorf("%q, %v", plain, err)
	}
	if again, err := serving.Seal([]byte("x"), bind); err != nil || !beside.Newest(again) {
		t.Errorf("it goes on sealing with the old key: %v", err)
	}
	for _, v := range []*vault.Vault{serving, beside} {
		if plain, err := v.Open(old, bind); err != nil || string(plain) != "old" {
			t.Errorf("%q, %v", plain, err)
		}
	}
}

// TestWhatIsNoneOfOurKeysIsNotFollowed exchanges the file for another institution's, an unsafe and a
// broken one, and takes it away.
func TestWhatIsNoneOfOurKeysIsNotFollowed(t *testing.T) {
	t.Parallel()
	for name, exchange := range map[string]func(path string) error{
		"another's": func(path string) error { return errors.Join(os.Remove(path), vault.Create(path)) },
		"gone":      os.Remove,
		"exposed": func(path string) error {
			return errors.Join(vault.Rotate(path), os.Chmod(path, 0o644))
		},
		"broken": func(path string) error { return os.WriteFile(path, []byte("{}"), 0o600) },
		"a link": func(path string) error {
			return errors.Join(vault.Rotate(path), os.Rename(path, path+".other"), os.Symlink(path+".other", path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path, v, _ := onFile(t)
			sealed, err := v.Seal([]byte("x"), nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := exchange(path); err != nil {
				t.Fatal(err)
			}
			if v.Refresh() {
				t.Error("followed")
			}
			if plain, err := v.Open(sealed, nil); err != nil || string(plain) != "x" {
				t.Errorf("%q, %v", plain, err)
			}
		})
	}
}
