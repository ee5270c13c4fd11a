package vault

import (
	"bytes"
	"errors"
	"testing"
)

func TestPIN(t *testing.T) {
	t.Parallel()
	v, err := New()
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := v.SealPIN("rina", "482915")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte("482915")) {
		t.Error("the PIN stands in what is kept")
	}
	again, err := v.SealPIN("rina", "482915")
	if err != nil || bytes.Equal(sealed, again) {
		t.Errorf("two of the same PIN are alike: %v", err)
	}
	for pin, want := range map[string]bool{"482915": true, "482916": false, "48291": false, "": false} {
		if got, err := v.PINMatches(sealed, "rina", pin); got != want || err != nil {
			t.Errorf("%q matches: %v, %v", pin, got, err)
		}
	}
	if ok, err := v.PINMatches(sealed, "yuli", "482915"); ok || !errors.Is(err, ErrSealed) {
		t.Errorf("it was moved to somebody else: %v, %v", ok, err)
	}
	broken := bytes.Clone(sealed)
	broken[len(broken)-1] ^= 1
	if ok, err := v.PINMatches(broken, "rina", "482915"); ok || !errors.Is(err, ErrSealed) {
		t.Errorf("it was changed: %v, %v", ok, err)
	}
}
