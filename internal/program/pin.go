package program

import "time"

// The rules of PINs (safety.md 3.5 rule 12).
const (
	PINLeast  = 4
	PINMost   = 6
	PINTries  = 6                // wrong ones, until none is taken for a while
	PINBar    = time.Hour        // for which none is taken then, after each further wrong one too
	LockAfter = 10 * time.Minute // without her, until it is asked for
)

// EasyPIN reports whether a PIN is one of those that are tried first: all digits alike, or each the
// next one up or down.
func EasyPIN(digits string) bool {
	if len(digits) < 2 {
		return true
	}
	step := int(digits[1]) - int(digits[0])
	for i := 1; i < len(digits); i++ {
		if int(digits[i])-int(digits[i-1]) != step {
			return digits == "1212" || digits == "121212" || digits == "123123"
		}
	}
	return step >= -1 && step <= 1
}
