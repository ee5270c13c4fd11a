package vault_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/vault"
)

func fresh(t testing.TB) *vault.Vault {
	t.Helper()
	v, err := vault.New()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestWhatIsSealedIsReadAgainAndNothingElseIs(t *testing.T) {
	t.Parallel()
	v, other := fresh(t), fresh(t)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		bind := rapid.SliceOf(rapid.Byte()).Draw(t, "bind")
		sealed, err := v.Seal(plain, bind)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := v.Open(sealed, bind); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("opened %q, %v; want %q", got, err, plain)
		}
		if len(sealed) != len(plain)+vault.Overhead {
			t.Fatalf("sealed %d bytes into %d", len(plain), len(sealed))
		}
		refused := func(what string, sealed, bind []byte, v *vault.Vault) {
			if _, err := v.Open(sealed, bind); !errors.Is(err, vault.ErrSealed) {
				t.Fatalf("%s was opened: %v", what, err)
			}
		}
		refused("another row's value", sealed, append(bytes.Clone(bind), 1), v)
		refused("another vault's value", sealed, bind, other)
		refused("a cut value", sealed[:rapid.IntRange(0, len(sealed)-1).Draw(t, "cut")], bind, v)
		tampered := bytes.Clone(sealed)
		tampered[rapid.IntRange(0, len(sealed)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		refused("a changed value", tampered, bind, v)
	})
}

func TestAPersonKeyOpensOnlyItsOwn(t *testing.T) {
	t.Parallel()
	v := fresh(t)
	melati, wrapped, err := v.NewPersonKey([]byte("M-1"))
	if err != nil {
		t.Fatal(err)
	}
	mawar, _, err := v.NewPersonKey([]byte("M-2"))
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := melati.Seal([]byte("laku 450rb"), []byte("r1/answers"))
	if err != nil {
		t.Fatal(err)
	}
	again, err := v.Unwrap(wrapped, []byte("M-1"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Open(sealed, []byte("r1/answers")); err != nil || string(got) != "laku 450rb" {
		t.Fatalf("opened %q, %v", got, err)
	}
	for what, try := range map[string]func() error{
		"another's key":       func() error { _, err := mawar.Open(sealed, []byte("r1/answers")); return err },
		"another row":         func() error { _, err := melati.Open(sealed, []byte("r2/answers")); return err },
		"no key":              func() error { _, err := vault.PersonKey{}.Open(sealed, []byte("r1/answers")); return err },
		"wrapped for another": func() error { _, err := v.Unwrap(wrapped, []byte("M-2")); return err },
		"a short value":       func() error { _, err := melati.Open(sealed[:5], []byte("r1/answers")); return err },
		"the vault itself":    func() error { _, err := v.Open(sealed, []byte("r1/answers")); return err },
	} {
		if err := try(); !errors.Is(err, vault.ErrSealed) {
			t.Errorf("%s opened it: %v", what, err)
		}
	}
	if _, err := (vault.PersonKey{}).Seal(nil, nil); err == nil {
		t.Error("no key sealed something")
	}
}

func TestLookupsAreStableAndApart(t *testing.T) {
	t.Parallel()
	v, other := fresh(t), fresh(t)
	if v.Lookup("chat", "42") != v.ChatKey(42) || len(v.ChatKey(42)) != 22 {
		t.Errorf("a chat's key is %q", v.ChatKey(42))
	}
	seen := map[string]string{}
	for name, hash := range map[string]string{
		"chat 42": v.ChatKey(42), "chat -42": v.ChatKey(-42), "chat 4": v.ChatKey(4), "token 42": v.Lookup("token", "42"),
		"run together": v.Lookup("chat4", "2"), "another vault": other.ChatKey(42), "long": v.Lookup("chat", strings.Repeat("4", 500)),
	} {
		if twin, ok := seen[hash]; ok {
			t.Errorf("%s and %s are the same", name, twin)
		}
		seen[hash] = name
	}
}

func TestRotationKeepsWhatWasSealed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	if err := vault.Create(path); err != nil {
		t.Fatal(err)
	}
	bind := []byte("row")
	var sealed [][]byte
	var hash string
	for i := range 3 {
		v, err := vault.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 && v.ChatKey(7) != hash {
			t.Fatal("rotating changed a lookup")
		}
		hash = v.ChatKey(7)
		s, err := v.Seal([]byte{byte(i)}, bind)
		if err != nil {
			t.Fatal(err)
		}
		sealed = append(sealed, s)
		if err := vault.Rotate(path); err != nil {
			t.Fatal(err)
		}
	}
	v, err := vault.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range sealed {
		if got, err := v.Open(s, bind); err != nil || got[0] != byte(i) {
			t.Errorf("value %d after rotation: %v, %v", i, got, err)
		}
		if i > 0 && bytes.Equal(s[:5], sealed[i-1][:5]) {
			t.Errorf("value %d was sealed with the old key", i)
		}
	}
	mode(t, path)
	_, wrapped, err := v.NewPersonKey(bind)
	if err != nil {
		t.Fatal(err)
	}
	next, err := v.Rotated()
	if err != nil {
		t.Fatal(err)
	}
	rewrapped, err := next.Rewrap(wrapped, bind)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := next.Unwrap(rewrapped, bind); err != nil {
		t.Error(err)
	}
	if _, err := v.Unwrap(rewrapped, bind); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("the old vault opened what the new one wrapped: %v", err)
	}
}

func TestTinkReadsWhatTheVaultSeals(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	if err := vault.Create(path); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := v.Seal([]byte("kabar"), []byte("row"))
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Seal json.RawMessage }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(file.Seal)))
	if err != nil {
		t.Fatal(err)
	}
	tink, err := aead.New(handle)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := tink.Decrypt(sealed, []byte("row")); err != nil || string(got) != "kabar" {
		t.Fatalf("Tink read %q, %v", got, err)
	}
}

func mode(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the key file has mode %v", info.Mode())
	}
}

func TestAKeyFileIsRefusedWithASentenceThatHelps(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	if err := vault.Create(good); err != nil {
		t.Fatal(err)
	}
	mode(t, good)
	before, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	if err := vault.Create(good); !errors.Is(err, vault.ErrExists) {
		t.Errorf("a key file was made twice: %v", err)
	}
	if after, err := os.ReadFile(good); err != nil || !bytes.Equal(before, after) {
		t.Error("the key file was changed by the second Create")
	}
	write := func(name string, data []byte, mode fs.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(good, link); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path string
		want error
		says string
	}{
		{filepath.Join(dir, "none"), vault.ErrMissing, "dampingi init"},
		{link, vault.ErrKind, "KEY_FILE"},
		{dir, vault.ErrKind, "KEY_FILE"},
		{write("group", before, 0o640), vault.ErrExposed, "chmod 600"},
		{write("world", before, 0o604), vault.ErrExposed, "chmod 600"},
		{write("empty", nil, 0o600), vault.ErrDamaged, "copy"},
		{write("text", []byte("halo"), 0o600), vault.ErrDamaged, "copy"},
		{write("json", []byte(`{"seal":{},"find":{}}`), 0o600), vault.ErrDamaged, "copy"},
		{write("half", before[:len(before)/2], 0o600), vault.ErrDamaged, "copy"},
		{write("swapped", bytes.ReplaceAll(before, []byte("AesGcmKey"), []byte("AesSivKey")), 0o600), vault.ErrDamaged, "copy"},
	} {
		_, err := vault.Open(c.path)
		if !errors.Is(err, c.want) || !strings.Contains(fmt.Sprint(err), c.says) {
			t.Errorf("%s: %v", filepath.Base(c.path), err)
		}
	}
}

func TestKeysAreNeverPrinted(t *testing.T) {
	t.Parallel()
	v := fresh(t)
	k, _, err := v.NewPersonKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(format, v); got != "vault" {
			t.Errorf("%s printed %q", format, got)
		}
		if got := fmt.Sprintf(format, k); got != "person key" {
			t.Errorf("%s printed %q", format, got)
		}
	}
}

type dry struct{}

func (dry) Read([]byte) (int, error) { return 0, errors.New("dry") }

func TestWithoutRandomnessNothingIsSealed(t *testing.T) {
	t.Parallel()
	if _, err := vault.NewWith(dry{}); err == nil {
		t.Error("keys were made of nothing")
	}
}

func BenchmarkSeal500(b *testing.B) {
	v, plain, bind := fresh(b), make([]byte, 500), []byte("outbox/t-123-1")
	dst := make([]byte, 0, 600)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.AppendSeal(dst, plain, bind); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen500(b *testing.B) {
	v, bind := fresh(b), []byte("outbox/t-123-1")
	sealed, _ := v.Seal(make([]byte, 500), bind)
	dst := make([]byte, 0, 600)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.AppendOpen(dst, sealed, bind); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkChatKey(b *testing.B) {
	v := fresh(b)
	b.ReportAllocs()
	for b.Loop() {
		v.ChatKey(6_123_456_789)
	}
}
