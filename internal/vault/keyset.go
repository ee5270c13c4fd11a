package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/tink-crypto/tink-go/v2/aead/aesgcm"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/insecuresecretdataaccess"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/mac/hmac"
	"github.com/tink-crypto/tink-go/v2/secretdata"
)

// keyFile is the key file's form: two Tink keysets in Tink's JSON.
type keyFile struct {
	About string          `json:"about"`
	Seal  json.RawMessage `json:"seal"`
	Find  json.RawMessage `json:"find"`
}

const about = "Dampingi: the keys to everything personal in the database. " +
	"Keep a copy apart from the backups. Whoever has both can read all; whoever loses this can read nothing."

func newAEAD(random io.Reader) (*keyset.Handle, error) {
	return addAEAD(keyset.NewManager(), random)
}

// addAEAD adds a fresh AES256-GCM key and makes it the primary one.
func addAEAD(m *keyset.Manager, random io.Reader) (*keyset.Handle, error) {
	params, err := aesgcm.NewParameters(aesgcm.ParametersOpts{
		KeySizeInBytes: keySize, IVSizeInBytes: nonceSize, TagSizeInBytes: tagSize, Variant: aesgcm.VariantTink,
	})
	if err != nil {
		return nil, fmt.Errorf("describe the key: %w", err)
	}
	secret, id, err := draw(random)
	if err != nil {
		return nil, err
	}
	key, err := aesgcm.NewKey(secret, id, params)
	if err != nil {
		return nil, fmt.Errorf("make the key: %w", err)
	}
	if _, err := m.AddKey(key); err != nil {
		return nil, fmt.Errorf("add the key: %w", err)
	}
	if err := m.SetPrimary(id); err != nil {
		return nil, fmt.Errorf("make the key the primary one: %w", err)
	}
	return m.Handle()
}

func newMAC(random io.Reader) (*keyset.Handle, error) {
	params, err := hmac.NewParameters(hmac.ParametersOpts{
		KeySizeInBytes: keySize, TagSizeInBytes: 32, HashType: hmac.SHA256, Variant: hmac.VariantTink,
	})
	if err != nil {
		return nil, fmt.Errorf("describe the key: %w", err)
	}
	secret, id, err := draw(random)
	if err != nil {
		return nil, err
	}
	key, err := hmac.NewKey(secret, params, id)
	if err != nil {
		return nil, fmt.Errorf("make the key: %w", err)
	}
	m := keyset.NewManager()
	if _, err := m.AddKey(key); err != nil {
		return nil, fmt.Errorf("add the key: %w", err)
	}
	if err := m.SetPrimary(id); err != nil {
		return nil, fmt.Errorf("make the key the primary one: %w", err)
	}
	return m.Handle()
}

func draw(random io.Reader) (secretdata.Bytes, uint32, error) {
	var b [keySize + 4]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return secretdata.Bytes{}, 0, fmt.Errorf("draw a key: %w", err)
	}
	id := uint32(b[keySize])<<24 | uint32(b[keySize+1])<<16 | uint32(b[keySize+2])<<8 | uint32(b[keySize+3]) | 1
	return secretdata.NewBytesFromData(b[:keySize], insecuresecretdataaccess.Token{}), id, nil
}

func fromHandles(aead, mac *keyset.Handle, random io.Reader) (*Vault, error) {
	v := &Vault{rand: random, mac: mac}
	k, err := keysOf(aead)
	if err != nil {
		return nil, err
	}
	v.keys.Store(k)
	entry, err := mac.Primary()
	if err != nil {
		return nil, fmt.Errorf("read the lookup key: %w", err)
	}
	key, ok := entry.Key().(*hmac.Key)
	if !ok {
		return nil, errors.New("the lookup key is not an HMAC key")
	}
	v.hashes.New = newHashes(key.KeyBytes().Data(insecuresecretdataaccess.Token{}))
	return v, nil
}

// keysOf makes the sealing keys ready for use.
func keysOf(aead *keyset.Handle) (*keys, error) {
	k := &keys{aead: aead}
	for i := range aead.Len() {
		entry, err := aead.Entry(i)
		if err != nil {
			return nil, fmt.Errorf("read the sealing keys: %w", err)
		}
		if entry.KeyStatus() != keyset.Enabled {
			continue
		}
		s, err := sealerOf(entry)
		if err != nil {
			return nil, err
		}
		if entry.IsPrimary() {
			k.primary = s
		} else {
			k.older = append(k.older, s)
		}
	}
	return k, nil
}

func sealerOf(entry *keyset.Entry) (sealer, error) {
	key, ok := entry.Key().(*aesgcm.Key)
	if !ok || len(key.OutputPrefix()) != tinkPrefix {
		return sealer{}, errors.New("a sealing key is not an AES-GCM key with Tink's prefix")
	}
	gcm, err := newGCM(key.KeyBytes().Data(insecuresecretdataaccess.Token{}))
	return sealer{prefix: [tinkPrefix]byte(key.OutputPrefix()), gcm: gcm}, err
}

func encode(aead, mac *keyset.Handle) ([]byte, error) {
	var seal, find bytes.Buffer
	if err := insecurecleartextkeyset.Write(aead, keyset.NewJSONWriter(&seal)); err != nil {
		return nil, fmt.Errorf("write the sealing keys: %w", err)
	}
	if err := insecurecleartextkeyset.Write(mac, keyset.NewJSONWriter(&find)); err != nil {
		return nil, fmt.Errorf("write the lookup keys: %w", err)
	}
	data, err := json.MarshalIndent(keyFile{About: about, Seal: seal.Bytes(), Find: find.Bytes()}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the key file: %w", err)
	}
	return append(data, '\n'), nil
}

// decode reads a key file. Its errors never repeat what the file holds.
func decode(data []byte, random io.Reader) (*Vault, error) {
	var f keyFile
	if json.Unmarshal(data, &f) != nil || len(f.Seal) == 0 || len(f.Find) == 0 {
		return nil, errors.New("it is not a key file of Dampingi")
	}
	aead, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(f.Seal)))
	if err != nil {
		return nil, errors.New("its sealing keys cannot be read")
	}
	mac, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(f.Find)))
	if err != nil {
		return nil, errors.New("its lookup key cannot be read")
	}
	return fromHandles(aead, mac, random)
}
