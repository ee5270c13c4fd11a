package export_test

import (
	"bytes"
	"errors"
	"testing"

	"filippo.io/age"
	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/export"
)

// TestLengthWithoutTheKey: what is locked is as long as it was, for any length around the chunks of
// age, and most cuts are found out.
func TestLengthWithoutTheKey(t *testing.T) {
	t.Parallel()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	lock, err := export.RecipientLock([]string{id.Recipient().String()})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 3).Draw(t, "chunks")*64*1024 + rapid.SampledFrom([]int{0, 1, 4096, 64*1024 - 1}).Draw(t, "more")
		var b bytes.Buffer
		w, err := lock.Seal(&b)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(make([]byte, n)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		got, err := export.Length(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil || got != int64(n) {
			t.Fatalf("%d bytes are %d, %v", n, got, err)
		}
		cut := rapid.IntRange(0, b.Len()-1).Draw(t, "cut")
		if got, err := export.Length(bytes.NewReader(b.Bytes()[:cut]), int64(cut)); err == nil && got >= int64(n) || err != nil && !errors.Is(err, export.ErrNotWhole) {
			t.Fatalf("cut from %d to %d: %d, %v", b.Len(), cut, got, err)
		}
	})
	for _, text := range []string{"", "age", "SQLite format 3\x00 and so on", "age-encryption.org/v1\n-> X25519 "} {
		if _, err := export.Length(bytes.NewReader([]byte(text)), int64(len(text))); !errors.Is(err, export.ErrNotWhole) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
