package vault

import (
	"crypto/cipher"
	"fmt"
	"io"
	"log/slog"
)

// PersonKey is a participant's own data key. Whoever destroys its wrapped form makes all
// that was sealed with it unreadable, in every backup too. The zero value opens nothing.
type PersonKey struct {
	gcm  cipher.AEAD
	rand io.Reader
}

// PersonOverhead is by how many bytes a value sealed with a PersonKey is longer than plain.
const PersonOverhead = nonceSize + tagSize

// LogValue keeps the key out of every log.
func (k PersonKey) LogValue() slog.Value { return slog.StringValue("person key") }

// String keeps the key out of every print.
func (k PersonKey) String() string { return "person key" }

// GoString keeps the key out of %#v.
func (k PersonKey) GoString() string { return "person key" }

// NewPersonKey makes a key and its wrapped form, which is what is stored; bind names the
// participant it belongs to.
func (v *Vault) NewPersonKey(bind []byte) (key PersonKey, wrapped []byte, err error) {
	raw := make([]byte, keySize)
	if _, err := io.ReadFull(v.rand, raw); err != nil {
		return PersonKey{}, nil, fmt.Errorf("draw a person key: %w", err)
	}
	wrapped, err = v.Seal(raw, bind)
	if err != nil {
		return PersonKey{}, nil, fmt.Errorf("wrap a person key: %w", err)
	}
	gcm, err := newGCM(raw)
	clear(raw)
	return PersonKey{gcm: gcm, rand: v.rand}, wrapped, err
}

// Unwrap opens a wrapped key; the error is ErrSealed when it is not this participant's.
func (v *Vault) Unwrap(wrapped, bind []byte) (PersonKey, error) {
	var buf [keySize]byte
	raw, err := v.AppendOpen(buf[:0], wrapped, bind)
	if err != nil {
		return PersonKey{}, err
	}
	if len(raw) != keySize {
		return PersonKey{}, ErrSealed
	}
	gcm, err := newGCM(raw)
	clear(raw)
	return PersonKey{gcm: gcm, rand: v.rand}, err
}

// Rewrap wraps a key anew with the vault's newest key, for the time after Rotate.
func (v *Vault) Rewrap(wrapped, bind []byte) ([]byte, error) {
	raw, err := v.Open(wrapped, bind)
	if err != nil {
		return nil, err
	}
	defer clear(raw)
	return v.Seal(raw, bind)
}

// Seal encrypts plain and ties it to bind, as Vault.Seal does.
func (k PersonKey) Seal(plain, bind []byte) ([]byte, error) {
	if k.gcm == nil {
		return nil, ErrSealed
	}
	return seal(k.gcm, k.rand, make([]byte, 0, len(plain)+PersonOverhead), plain, bind)
}

// Open decrypts what Seal made with the same bind; otherwise the error is ErrSealed.
func (k PersonKey) Open(sealed, bind []byte) ([]byte, error) {
	if k.gcm == nil {
		return nil, ErrSealed
	}
	return open(k.gcm, make([]byte, 0, max(len(sealed)-PersonOverhead, 0)), sealed, bind)
}
