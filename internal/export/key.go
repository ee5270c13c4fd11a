package export

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
)

// What can be wrong with a locked file, or with what is to open it. No secret is in any of them.
var (
	ErrIdentity = errors.New("this is no secret key of age")
	ErrOtherKey = errors.New("the file was locked for another key or passphrase")
	ErrNotWhole = errors.New("the file is not locked with age, or was cut or changed since")
)

// Key opens what a Lock has locked.
type Key struct{ identities []age.Identity }

// IdentityKey is what an identity file of age says ("AGE-SECRET-KEY-1..." and comments);
// ErrIdentity when that is none.
func IdentityKey(text string) (Key, error) {
	found, err := age.ParseIdentities(strings.NewReader(text))
	if err != nil {
		return Key{}, ErrIdentity
	}
	return Key{identities: found}, nil
}

// PassphraseKey is a passphrase, however short: the file may have been made elsewhere. ErrPassphrase
// when it is empty.
func PassphraseKey(passphrase string) (Key, error) {
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return Key{}, ErrPassphrase
	}
	return Key{identities: []age.Identity{id}}, nil
}

// Open decrypts r. What is read is whole only once io.EOF has come; until then it is
// ErrNotWhole that may come. ErrOtherKey when the key does not fit.
func (k Key) Open(r io.Reader) (io.Reader, error) {
	plain, err := age.Decrypt(r, k.identities...)
	var other *age.NoIdentityMatchError
	if errors.As(err, &other) {
		return nil, ErrOtherKey
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotWhole, err)
	}
	return opened{plain}, nil
}

// opened tells apart a file that is not whole and one that cannot be written elsewhere.
type opened struct{ io.Reader }

func (o opened) Read(p []byte) (int, error) {
	n, err := o.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("%w: %w", ErrNotWhole, err)
	}
	return n, err
}
