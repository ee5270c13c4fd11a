package vault

import (
	"crypto/subtle"
	"fmt"
	"io"

	"golang.org/x/crypto/argon2"
)

// A PIN has so few values that only slowness protects it from whoever has its hash, and only the
// institution's key from whoever has the database: so argon2id is sealed as well. The cost is
// OWASP's recommendation for small machines: 19 MiB, two passes, one lane.
const (
	pinSalt   = 16
	pinSum    = 32
	pinPasses = 2
	pinMemory = 19 * 1024 // KiB
	pinLanes  = 1
)

func bindPIN(person string) []byte { return []byte("pin/" + person) }

// SealPIN gives what is kept of somebody's PIN: salt and argon2id sum, sealed and bound to her.
func (v *Vault) SealPIN(person, pin string) ([]byte, error) {
	plain := make([]byte, pinSalt, pinSalt+pinSum)
	if _, err := io.ReadFull(v.rand, plain); err != nil {
		return nil, fmt.Errorf("draw a salt: %w", err)
	}
	plain = append(plain, pinHash(pin, plain)...)
	return v.Seal(plain, bindPIN(person))
}

// PINMatches reports whether a PIN is the one that was sealed for somebody. It takes as long for a
// wrong one as for the right one. The error is ErrSealed when what is kept cannot be opened.
func (v *Vault) PINMatches(sealed []byte, person, pin string) (bool, error) {
	plain, err := v.Open(sealed, bindPIN(person))
	if err != nil {
		return false, err
	}
	if len(plain) != pinSalt+pinSum {
		return false, ErrSealed
	}
	return subtle.ConstantTimeCompare(pinHash(pin, plain[:pinSalt]), plain[pinSalt:]) == 1, nil
}

func pinHash(pin string, salt []byte) []byte {
	return argon2.IDKey([]byte(pin), salt, pinPasses, pinMemory, pinLanes, pinSum)
}
