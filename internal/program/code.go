package program

import (
	"errors"
	"fmt"
	"hash/fnv"
)

// A code is a letter and three digits. The letters leave out what is easily misread.
const (
	codeLetters = "ABCDEFGHKLMNPRSTUVWY"
	codeNumbers = 900 // from 100 on
)

// FreeCode draws a participant's code that is not taken yet, and takes it. draw gives a random number below
// the one that it is given. An error when there are none left.
func FreeCode(taken map[string]bool, draw func(below int) int) (string, error) {
	for range 100000 {
		code := fmt.Sprintf("%c-%03d", codeLetters[draw(len(codeLetters))], 100+draw(codeNumbers))
		if !taken[code] {
			taken[code] = true
			return code, nil
		}
	}
	return "", errors.New("there are no codes left")
}

// CodeFrom makes a code, such as "M-417", out of something random: the same one again for the same.
func CodeFrom(random string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(random)) // never fails
	n := h.Sum64()
	letter := codeLetters[n/codeNumbers%uint64(len(codeLetters))]
	return fmt.Sprintf("%c-%d", letter, 100+n%codeNumbers)
}
