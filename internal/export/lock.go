package export

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"filippo.io/age"
)

// PassphraseLength is the fewest characters of a passphrase.
const PassphraseLength = 16

// What can be wrong with what a file is to be locked with. What was given is in no error: it may
// be a secret, given in the wrong place.
var (
	ErrRecipient  = errors.New("this is not the public key of age")
	ErrPassphrase = errors.New("the passphrase is too short")
)

// Lock encrypts what leaves with age, so that only those can read it for whom it is meant.
type Lock struct{ recipients []age.Recipient }

// RecipientLock is for the holders of public keys ("age1..."); ErrRecipient when there is none or
// when one of them is none.
func RecipientLock(keys []string) (Lock, error) {
	var l Lock
	for _, key := range keys {
		found, err := age.ParseRecipients(strings.NewReader(strings.TrimSpace(key)))
		if err != nil {
			return Lock{}, ErrRecipient
		}
		l.recipients = append(l.recipients, found...)
	}
	if len(l.recipients) == 0 {
		return Lock{}, ErrRecipient
	}
	return l, nil
}

// PassphraseLock is for whoever knows the passphrase; ErrPassphrase when it has fewer than
// PassphraseLength characters. Making a file with it takes a second or so, on purpose.
func PassphraseLock(passphrase string) (Lock, error) {
	if utf8.RuneCountInString(passphrase) < PassphraseLength {
		return Lock{}, ErrPassphrase
	}
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return Lock{}, ErrPassphrase
	}
	return Lock{recipients: []age.Recipient{r}}, nil
}

// Seal encrypts what is written, to w. Nothing is complete before it is closed; w stays open.
func (l Lock) Seal(w io.Writer) (io.WriteCloser, error) {
	out, err := age.Encrypt(w, l.recipients...)
	if err != nil {
		return nil, fmt.Errorf("begin to encrypt: %w", err)
	}
	return out, nil
}
