package vault

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/tink-crypto/tink-go/v2/keyset"
)

// What can be wrong with a key file; each comes wrapped in a sentence that says what to do.
var (
	ErrExists  = errors.New("there is a key file already")
	ErrMissing = errors.New("there is no key file")
	ErrKind    = errors.New("the key file is not a plain file")
	ErrExposed = errors.New("the key file can be read by others")
	ErrFolder  = errors.New("the folder of the key file can be changed by others")
	ErrDamaged = errors.New("the key file cannot be understood")
)

const maxFile = 1 << 20

// Create makes a key file with fresh keys, readable by its owner only. It never replaces
// a file: what was sealed with the old key would be lost for ever. It makes none where
// others could exchange it (ErrFolder).
func Create(path string) error {
	if err := folder(path); err != nil {
		return err
	}
	v, err := New()
	if err != nil {
		return err
	}
	data, err := encode(v.keys.Load().aead, v.mac)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the settings name it; a link is not followed
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%w at %s: it is left as it is; move it away first if you really want a new one, "+
			"but nothing sealed with it can be read without it", ErrExists, path)
	}
	if err != nil {
		return fmt.Errorf("make the key file: %w", err)
	}
	if err := fill(f, data); err != nil {
		_ = os.Remove(path) // the first error is the one to tell
		return fmt.Errorf("make the key file: %w", err)
	}
	return syncDir(path)
}

// Open reads a key file. It refuses one that is missing, a link, open to others, in a folder
// that is open to others, or not a key file, each with its own error and a sentence that says what to do.
func Open(path string) (*Vault, error) {
	data, info, err := read(path)
	if err != nil {
		return nil, err
	}
	v, err := decode(data, rand.Reader)
	clear(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w; put back the copy you keep of it", ErrDamaged, path, err)
	}
	v.file.path, v.file.info = path, info
	return v, nil
}

// file is where keys were read from, and what it looked like then.
type file struct {
	mu   sync.Mutex
	path string
	info fs.FileInfo
}

// Refresh reads the key file anew when it was replaced since it was read, as Rotate does, and
// tells whether there are other keys now. What is not this institution's key file any more is
// passed over: the keys stay as they are. So is a file that cannot be read.
func (v *Vault) Refresh() bool {
	v.file.mu.Lock()
	defer v.file.mu.Unlock()
	if v.file.path == "" {
		return false
	}
	if now, err := os.Lstat(v.file.path); err != nil || os.SameFile(now, v.file.info) && now.ModTime().Equal(v.file.info.ModTime()) {
		return false
	}
	data, info, err := read(v.file.path)
	if err != nil {
		return false
	}
	other, err := decode(data, v.rand)
	clear(data)
	if err != nil {
		return false
	}
	v.file.info = info
	if _, ours := other.keys.Load().opener(v.keys.Load().primary.prefix); !ours {
		return false
	}
	v.keys.Store(other.keys.Load())
	return true
}

// Rotate adds a fresh sealing key to the file and makes it the one that seals; the older
// ones still open. The file is replaced in one step, so that a crash leaves one of the two.
func Rotate(path string) error {
	v, err := Open(path)
	if err != nil {
		return err
	}
	v, err = v.Rotated()
	if err != nil {
		return err
	}
	data, err := encode(v.keys.Load().aead, v.mac)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*") // mode 0600
	if err != nil {
		return fmt.Errorf("rotate the key: %w", err)
	}
	if err := fill(f, data); err != nil {
		_ = os.Remove(f.Name()) // the first error is the one to tell
		return fmt.Errorf("rotate the key: %w", err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		_ = os.Remove(f.Name()) // the first error is the one to tell
		return fmt.Errorf("rotate the key: %w", err)
	}
	return syncDir(path)
}

// Rotated is the vault with a fresh sealing key besides the ones it has.
func (v *Vault) Rotated() (*Vault, error) {
	aead, err := addAEAD(keyset.NewManagerFromHandle(v.keys.Load().aead), v.rand)
	if err != nil {
		return nil, fmt.Errorf("rotate the key: %w", err)
	}
	return fromHandles(aead, v.mac, v.rand)
}

func read(path string) ([]byte, fs.FileInfo, error) {
	named, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("%w at %s: run `dampingi init` to make one, or set KEY_FILE to where it is", ErrMissing, path)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("look at the key file: %w", err)
	}
	if !named.Mode().IsRegular() {
		return nil, nil, fmt.Errorf("%w: %s is a link, a directory or a device; set KEY_FILE to the file itself", ErrKind, path)
	}
	if err := folder(path); err != nil {
		return nil, nil, err
	}
	f, err := os.Open(path) //nolint:gosec // the settings name it; it was looked at before and is again after
	if err != nil {
		return nil, nil, fmt.Errorf("open the key file: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	opened, err := f.Stat()
	if err != nil {
		return nil, nil, fmt.Errorf("look at the key file: %w", err)
	}
	if !os.SameFile(named, opened) {
		return nil, nil, fmt.Errorf("%w: %s was exchanged while it was opened", ErrKind, path)
	}
	if mode := opened.Mode().Perm(); mode&0o077 != 0 {
		return nil, nil, fmt.Errorf("%w: %s has mode %04o; run `chmod 600 %s`, and ask who may have read it", ErrExposed, path, mode, path)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFile))
	if err != nil {
		return nil, nil, fmt.Errorf("read the key file: %w", err)
	}
	return data, opened, nil
}

// folder refuses a folder in which anybody can put another file in the key's place. One like
// /tmp, where only owners can (the sticky bit), is none.
func folder(path string) error {
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("look at the folder of the key file: %w", err)
	}
	if mode := info.Mode(); mode.Perm()&0o002 != 0 && mode&fs.ModeSticky == 0 {
		return fmt.Errorf("%w: %s has mode %04o; run `chmod 700 %s`, and look whether the key is still yours", ErrFolder, dir, mode.Perm(), dir)
	}
	return nil
}

// fill writes, syncs and closes.
func fill(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// syncDir makes the file's name survive a power cut.
func syncDir(path string) error {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("sync the directory of the key file: %w", err)
	}
	err = dir.Sync()
	if err = errors.Join(err, dir.Close()); err != nil {
		return fmt.Errorf("sync the directory of the key file: %w", err)
	}
	return nil
}
