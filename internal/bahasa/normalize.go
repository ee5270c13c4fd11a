package bahasa

import "strings"

// Normalize returns the text as the readers see it: lower case, plain digits
// and marks, single spaces, no emoji but 👍 ✅ 👎 ❌, letters repeated three
// times and more written once, and without marks and words of address at the
// end. The last word that is left is never dropped, so "ya", "-", "?" and "k"
// survive. Spelling is kept: Normalize does not turn "gak" into "tidak".
func Normalize(text string) string {
	words := strings.Fields(fold(text).s)
	out := words[:0]
	for _, w := range words {
		out = append(out, squeezeRuns(w))
	}
	for len(out) > 0 {
		last := out[len(out)-1]
		trimmed := strings.TrimRight(last, ".!~")
		if trimmed == "" && len(out) > 1 || len(out) > 1 && isAddress(trimmed) {
			out = out[:len(out)-1]
			continue
		}
		if trimmed != "" {
			out[len(out)-1] = trimmed
		}
		break
	}
	return strings.Join(out, " ")
}
