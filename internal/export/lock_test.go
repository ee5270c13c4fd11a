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

// sealed is a small secret behind a lock.
func sealed(t *testing.T, l export.Lock) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := l.Seal(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, "rahasia"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b.Bytes(), []byte("rahasia")) {
		t.Fatal("it can be read")
	}
	return b.Bytes()
}

// unsealed opens it.
func unsealed(file []byte, id age.Identity) (string, error) {
	r, err := age.Decrypt(bytes.NewReader(file), id)
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(r)
	return string(b), err
}

func TestEveryRecipientOpensIt(t *testing.T) {
	t.Parallel()
	var ids []*age.X25519Identity
	var keys []string
	for range 3 {
		id, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		ids, keys = append(ids, id), append(keys, id.Recipient().String()+"\n")
	}
	l, err := export.RecipientLock(keys[:2])
	if err != nil {
		t.Fatal(err)
	}
	file := sealed(t, l)
	for _, id := range ids[:2] {
		if got, err := unsealed(file, id); err != nil || got != "rahasia" {
			t.Errorf("%q, %v", got, err)
		}
	}
	if _, err := unsealed(file, ids[2]); err == nil {
		t.Error("somebody else opens it")
	}
}

func TestWhatIsNoPublicKeyIsRefusedAndNotRepeated(t *testing.T) {
	t.Parallel()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for _, keys := range [][]string{nil, {""}, {"age1x"}, {id.String()}, {id.Recipient().String(), id.String()}, {"ssh-ed25519 AAAA"}} {
		_, err := export.RecipientLock(keys)
		if !errors.Is(err, export.ErrRecipient) || strings.Contains(err.Error(), "AGE-SECRET") {
			t.Errorf("%v: %v", keys, err)
		}
	}
}

func TestAPassphraseHasSixteenCharacters(t *testing.T) {
	t.Parallel()
	if _, err := export.PassphraseLock("pempek kapal selam"[:15]); !errors.Is(err, export.ErrPassphrase) {
		t.Errorf("15: %v", err)
	}
	if _, err := export.PassphraseLock(strings.Repeat("é", 15)); !errors.Is(err, export.ErrPassphrase) {
		t.Errorf("15 of two bytes: %v", err)
	}
	const right = "pempek kapal sel" // 16
	l, err := export.PassphraseLock(right)
	if err != nil {
		t.Fatal(err)
	}
	id, err := age.NewScryptIdentity(right)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := unsealed(sealed(t, l), id); err != nil || got != "rahasia" {
		t.Errorf("%q, %v", got, err)
	}
}
