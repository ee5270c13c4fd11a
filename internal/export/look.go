package export

import (
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
)

// How age locks what follows the header of a file: a nonce, and chunks with a tag each.
const (
	ageNonce = 16
	ageChunk = 64 * 1024
	ageTag   = 16
)

// Length gives how many bytes are locked in a file of that size, without the key to it; ErrNotWhole
// when its beginning is no header of age, or its end cannot be the end. A file that was changed, or
// cut just between two chunks, is not found out so: only the key tells.
func Length(r io.Reader, size int64) (int64, error) {
	header, err := age.ExtractHeader(io.LimitReader(r, size))
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrNotWhole, err)
	}
	rest := size - int64(len(header)) - ageNonce
	if rest < ageTag {
		return 0, fmt.Errorf("%w: %w", ErrNotWhole, io.ErrUnexpectedEOF)
	}
	chunks := (rest + ageChunk + ageTag - 1) / (ageChunk + ageTag)
	length := rest - chunks*ageTag
	if last := rest - (chunks-1)*(ageChunk+ageTag); last < ageTag || last == ageTag && chunks > 1 {
		return 0, fmt.Errorf("%w: %w", ErrNotWhole, errors.New("its last piece is too short"))
	}
	return length, nil
}
