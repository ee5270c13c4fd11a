// Package vault keeps personal data unreadable for whoever holds the database without the
// key file: it seals and opens values, makes a key of her own for each participant, and
// hashes what must be found again without being readable.
//
// Sealed values have the form of Tink's AES256-GCM (0x01, key id, nonce, ciphertext, tag)
// and the key file holds Tink keysets, so that Tink's own tools read both. The sealing
// itself is done with the standard library on the keyset's keys: a bot that answers
// thousands in a second should not pay for reflection at each value. Nonces are random;
// one key is good for 2^32 values, long before which Rotate gives the next.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/tink-crypto/tink-go/v2/keyset"
)

// ErrSealed says that a value cannot be opened: another key sealed it, it belongs to
// another row, or somebody changed it. Which of these, nobody can tell.
var ErrSealed = errors.New("the value cannot be opened: it was sealed with another key, for another row, or was changed")

const (
	tinkPrefix = 5 // the byte 1 and the key's id
	nonceSize  = 12
	tagSize    = 16
	keySize    = 32
	lookupSize = 16 // bytes of a keyed hash that are kept: 128 bits
)

// Overhead is by how many bytes a sealed value is longer than the plain one.
const Overhead = tinkPrefix + nonceSize + tagSize

// Vault seals with the institution's key. It is safe for use by many goroutines.
type Vault struct {
	rand   io.Reader
	mac    *keyset.Handle
	keys   atomic.Pointer[keys]
	file   file // where the keys are from; nothing for those that live in memory only
	hashes sync.Pool
}

// keys are those that seal and open; Refresh may exchange them while others use them.
type keys struct {
	aead    *keyset.Handle
	primary sealer
	older   []sealer // that still open, the newest not first
}

// opener finds the key with which a value was sealed.
func (k *keys) opener(prefix [tinkPrefix]byte) (cipher.AEAD, bool) {
	if prefix == k.primary.prefix {
		return k.primary.gcm, true
	}
	for i := range k.older {
		if prefix == k.older[i].prefix {
			return k.older[i].gcm, true
		}
	}
	return nil, false
}

type sealer struct {
	prefix [tinkPrefix]byte
	gcm    cipher.AEAD
}

// New makes a vault with fresh keys that live in memory only: for tests and the demo.
func New() (*Vault, error) { return NewWith(rand.Reader) }

// NewWith is New with its own source of randomness, which must be fit for keys and nonces
// and safe for use by many goroutines.
func NewWith(random io.Reader) (*Vault, error) {
	aead, err := newAEAD(random)
	if err != nil {
		return nil, fmt.Errorf("make the sealing key: %w", err)
	}
	mac, err := newMAC(random)
	if err != nil {
		return nil, fmt.Errorf("make the lookup key: %w", err)
	}
	return fromHandles(aead, mac, random)
}

// LogValue keeps every key out of every log.
func (v *Vault) LogValue() slog.Value { return slog.StringValue("vault") }

// String keeps every key out of every print.
func (v *Vault) String() string { return "vault" }

// GoString keeps every key out of %#v.
func (v *Vault) GoString() string { return "vault" }

// Seal encrypts plain and ties it to bind, which Open must be given again: name in it the
// row and the column that the value belongs to, so that nobody can move it elsewhere.
func (v *Vault) Seal(plain, bind []byte) ([]byte, error) {
	return v.AppendSeal(make([]byte, 0, len(plain)+Overhead), plain, bind)
}

// AppendSeal is Seal that appends to dst, which must not overlap plain.
func (v *Vault) AppendSeal(dst, plain, bind []byte) ([]byte, error) {
	k := v.keys.Load()
	dst = append(dst, k.primary.prefix[:]...)
	return seal(k.primary.gcm, v.rand, dst, plain, bind)
}

// Open decrypts what Seal made with the same bind; otherwise the error is ErrSealed.
func (v *Vault) Open(sealed, bind []byte) ([]byte, error) {
	return v.AppendOpen(make([]byte, 0, max(len(sealed)-Overhead, 0)), sealed, bind)
}

// AppendOpen is Open that appends to dst, which must not overlap sealed.
func (v *Vault) AppendOpen(dst, sealed, bind []byte) ([]byte, error) {
	if len(sealed) < Overhead {
		return nil, ErrSealed
	}
	prefix, rest := [tinkPrefix]byte(sealed[:tinkPrefix]), sealed[tinkPrefix:]
	gcm, ok := v.keys.Load().opener(prefix)
	if !ok && v.Refresh() { // another process may have rotated the key
		gcm, ok = v.keys.Load().opener(prefix)
	}
	if !ok {
		return nil, ErrSealed
	}
	return open(gcm, dst, rest, bind)
}

// Newest reports whether a value was sealed with the key that seals now.
func (v *Vault) Newest(sealed []byte) bool {
	return len(sealed) >= Overhead && [tinkPrefix]byte(sealed[:tinkPrefix]) == v.keys.Load().primary.prefix
}

// Lookup is a keyed hash of a value, 22 characters of base64url: the same for the same
// purpose and value, and of no use to whoever does not hold the key. It does not change
// when sealing keys are rotated.
func (v *Vault) Lookup(purpose, value string) string {
	h, _ := v.hashes.Get().(hash.Hash)
	h.Reset()
	var buf [128]byte
	b := binary.AppendUvarint(buf[:0], uint64(len(purpose))) // so that no two pairs run together alike
	b = append(b, purpose...)
	b = append(b, value...)
	h.Write(b) // never fails
	sum := h.Sum(b[:0])
	v.hashes.Put(h)
	return base64.RawURLEncoding.EncodeToString(sum[:lookupSize])
}

// ChatKey stands for a Telegram chat wherever something is stored or named.
func (v *Vault) ChatKey(chat int64) string {
	return v.Lookup("chat", strconv.FormatInt(chat, 10))
}

func seal(gcm cipher.AEAD, random io.Reader, dst, plain, bind []byte) ([]byte, error) {
	at := len(dst)
	var zero [nonceSize]byte
	dst = append(dst, zero[:]...)
	nonce := dst[at:]
	if _, err := io.ReadFull(random, nonce); err != nil {
		return nil, fmt.Errorf("draw a nonce: %w", err)
	}
	return gcm.Seal(dst, nonce, plain, bind), nil
}

func open(gcm cipher.AEAD, dst, sealed, bind []byte) ([]byte, error) {
	if len(sealed) < nonceSize+tagSize {
		return nil, ErrSealed
	}
	plain, err := gcm.Open(dst, sealed[:nonceSize], sealed[nonceSize:], bind)
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("take the key: %w", err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("take the key: %w", err)
	}
	return gcm, nil
}

func newHashes(key []byte) func() any {
	return func() any { return hmac.New(sha256.New, key) }
}
