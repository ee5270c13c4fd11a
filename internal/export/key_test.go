package export_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/dampingi/dampingi/internal/export"
)

// readWith opens a file with a key.
func readWith(k export.Key, file []byte) (string, error) {
	r, err := k.Open(bytes.NewReader(file))
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(r)
	return string(b), err
}

func TestAKeyOpensWhatItsLockLockedAndNothingElse(t *testing.T) {
	t.Parallel()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	l, err := export.RecipientLock([]string{id.Recipient().String()})
	if err != nil {
		t.Fatal(err)
	}
	file := sealed(t, l)
	right, err := export.IdentityKey("# created: today\n# public key: " + id.Recipient().String() + "\n" + id.String() + "\n")
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := export.IdentityKey(other.String())
	if err != nil {
		t.Fatal(err)
	}
	spoken, err := export.PassphraseKey("pempek")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := readWith(right, file); err != nil || got != "rahasia" {
		t.Errorf("%q, %v", got, err)
	}
	for name, k := range map[string]export.Key{"another identity": wrong, "a passphrase": spoken} {
		if got, err := readWith(k, file); !errors.Is(err, export.ErrOtherKey) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for n := range file {
		if _, err := readWith(right, file[:n]); !errors.Is(err, export.ErrNotWhole) {
			t.Errorf("cut after %d: %v", n, err)
		}
		changed := bytes.Clone(file)
		changed[n] ^= 1
		if _, err := readWith(right, changed); !errors.Is(err, export.ErrNotWhole) && !errors.Is(err, export.ErrOtherKey) {
			t.Errorf("changed at %d: %v", n, err)
		}
	}
	if _, err := readWith(right, append(bytes.Clone(file), 0)); !errors.Is(err, export.ErrNotWhole) {
		t.Errorf("one more byte: %v", err)
	}
}

func TestWhatIsNoSecretKeyIsRefusedAndNotRepeated(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "# nothing\n", "age1x", "AGE-SECRET-KEY-1XYZ"} {
		if _, err := export.IdentityKey(text); !errors.Is(err, export.ErrIdentity) || strings.Contains(err.Error(), "XYZ") {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := export.PassphraseKey(""); !errors.Is(err, export.ErrPassphrase) {
		t.Errorf("no passphrase: %v", err)
	}
}
