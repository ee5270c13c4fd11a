package telegram

import (
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// What is wrong with bytes that are not what they should be. None of these repeats the bytes.
var (
	errJSON  = errors.New("not well-formed JSON")
	errDeep  = errors.New("JSON nested too deeply")
	errShape = errors.New("a JSON value of another type than expected")
)

// maxDepth is far beyond what Telegram sends and far below what would strain the stack.
const maxDepth = 128

// scanner reads JSON from front to back once, without building anything. It accepts exactly
// what encoding/json calls valid (FuzzDecode holds it to that), and keeps its first error:
// after one, all further reading does nothing.
type scanner struct {
	b     []byte
	i     int
	depth int
	err   error
}

// text is a string as it stands between its quotes.
type text struct {
	raw     []byte
	escaped bool
	set     bool
}

// fail keeps the first error.
func (s *scanner) fail(err error) {
	if s.err == nil {
		s.err = err
	}
	s.i = len(s.b)
}

// peek skips white space and looks at the next byte; 0 stands for the end.
func (s *scanner) peek() byte {
	for s.i < len(s.b) {
		switch c := s.b[s.i]; c {
		case ' ', '\n', '\r', '\t':
			s.i++
		default:
			return c
		}
	}
	return 0
}

// take consumes c or fails.
func (s *scanner) take(c byte) {
	if s.peek() != c || s.err != nil {
		s.fail(errJSON)
		return
	}
	s.i++
}

// object starts an object: null is none, which is false without an error.
func (s *scanner) object() bool {
	switch s.peek() {
	case '{':
		s.i++
		return true
	case 'n':
		s.literal("null")
	default:
		s.fail(errShape)
	}
	return false
}

// field moves to the next field of the object that was entered, at its value; first tells it
// that there was none before. It returns false behind the object's end and after an error.
func (s *scanner) field(first *bool) (key []byte, more bool) {
	if s.err != nil {
		return nil, false
	}
	if s.peek() == '}' {
		s.i++
		return nil, false
	}
	if !*first {
		s.take(',')
	}
	*first = false
	t := s.string()
	s.take(':')
	if s.err != nil {
		return nil, false
	}
	if t.escaped {
		return []byte(t.String()), true
	}
	return t.raw, true
}

// element is field for arrays.
func (s *scanner) element(first *bool) bool {
	if s.err != nil {
		return false
	}
	if s.peek() == ']' {
		s.i++
		return false
	}
	if !*first {
		s.take(',')
	}
	*first = false
	return s.err == nil
}

// end makes sure that nothing follows.
func (s *scanner) end() {
	if s.peek() != 0 || s.i < len(s.b) {
		s.fail(errJSON)
	}
}

// string reads a string.
func (s *scanner) string() text {
	s.take('"')
	start, escaped := s.i, false
	for b, i := s.b, s.i; i < len(b); {
		c := b[i]
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		s.i = i
		switch c {
		case '"':
			s.i++
			return text{raw: b[start:i], escaped: escaped, set: true}
		case '\\':
			escaped = true
			s.escape()
		default:
			s.fail(errJSON)
		}
		i = s.i
	}
	s.fail(errJSON)
	return text{}
}

// escape checks one escape and steps over it.
func (s *scanner) escape() {
	if s.i+1 >= len(s.b) {
		s.fail(errJSON)
		return
	}
	switch s.b[s.i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		s.i += 2
	case 'u':
		if _, ok := hex4(s.b[s.i+2:]); !ok {
			s.fail(errJSON)
			return
		}
		s.i += 6
	default:
		s.fail(errJSON)
	}
}

// text reads a string or null.
func (s *scanner) text() text {
	switch s.peek() {
	case '"':
		return s.string()
	case 'n':
		s.literal("null")
	default:
		s.fail(errShape)
	}
	return text{}
}

// int reads a whole number, 0 for null.
func (s *scanner) int() int64 {
	c := s.peek()
	if c == 'n' {
		s.literal("null")
		return 0
	}
	if c != '-' && (c < '0' || c > '9') {
		s.fail(errShape)
		return 0
	}
	start := s.i
	s.number()
	if s.err != nil {
		return 0
	}
	n, err := strconv.ParseInt(string(s.b[start:s.i]), 10, 64)
	if err != nil {
		s.fail(errShape)
	}
	return n
}

// bool reads true or false.
func (s *scanner) bool() bool {
	switch s.peek() {
	case 't':
		s.literal("true")
		return s.err == nil
	case 'f':
		s.literal("false")
	default:
		s.fail(errShape)
	}
	return false
}

// present steps over a value and tells whether it was one, and not null.
func (s *scanner) present() bool {
	there := s.peek() != 'n'
	s.skip()
	return there && s.err == nil
}

// skip steps over any value.
func (s *scanner) skip() {
	switch s.peek() {
	case '"':
		s.string()
	case '{':
		s.enter()
		for first := true; ; {
			if _, more := s.field(&first); !more {
				break
			}
			s.skip()
		}
		s.depth--
	case '[':
		s.enter()
		for first := true; s.element(&first); {
			s.skip()
		}
		s.depth--
	case 't':
		s.literal("true")
	case 'f':
		s.literal("false")
	case 'n':
		s.literal("null")
	default:
		s.number()
	}
}

// enter steps into an object or array.
func (s *scanner) enter() {
	s.i++
	s.depth++
	if s.depth > maxDepth {
		s.fail(errDeep)
	}
}

// literal steps over one of JSON's three words.
func (s *scanner) literal(word string) {
	if s.err != nil || len(s.b)-s.i < len(word) || string(s.b[s.i:s.i+len(word)]) != word {
		s.fail(errJSON)
		return
	}
	s.i += len(word)
}

// number steps over a number.
func (s *scanner) number() {
	if s.i < len(s.b) && s.b[s.i] == '-' {
		s.i++
	}
	if s.i < len(s.b) && s.b[s.i] == '0' {
		s.i++
	} else {
		s.digits()
	}
	if s.i < len(s.b) && s.b[s.i] == '.' {
		s.i++
		s.digits()
	}
	if s.i < len(s.b) && (s.b[s.i] == 'e' || s.b[s.i] == 'E') {
		s.i++
		if s.i < len(s.b) && (s.b[s.i] == '+' || s.b[s.i] == '-') {
			s.i++
		}
		s.digits()
	}
}

// digits steps over at least one digit.
func (s *scanner) digits() {
	start := s.i
	for s.i < len(s.b) && s.b[s.i] >= '0' && s.b[s.i] <= '9' {
		s.i++
	}
	if s.i == start {
		s.fail(errJSON)
	}
}

// String is what the text says. What is not UTF-8, and half a surrogate pair, becomes U+FFFD.
func (t text) String() string {
	if !t.escaped && utf8.Valid(t.raw) {
		return string(t.raw)
	}
	out := make([]byte, 0, len(t.raw)+utf8.UTFMax)
	for i := 0; i < len(t.raw); {
		switch c := t.raw[i]; {
		case c == '\\':
			r, n := unescape(t.raw[i:])
			out = utf8.AppendRune(out, r)
			i += n
		case c < utf8.RuneSelf:
			out = append(out, c)
			i++
		default:
			r, n := utf8.DecodeRune(t.raw[i:])
			out = utf8.AppendRune(out, r)
			i += n
		}
	}
	return string(out)
}

// is compares without making a string, for names that need no escapes.
func (t text) is(s string) bool { return string(t.raw) == s }

// unescape reads the escape at the beginning of b, which string has checked, and its length.
func unescape(b []byte) (rune, int) {
	switch b[1] {
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		r, _ := hex4(b[2:])
		if !utf16.IsSurrogate(r) {
			return r, 6
		}
		if len(b) >= 12 && b[6] == '\\' && b[7] == 'u' {
			second, _ := hex4(b[8:])
			if pair := utf16.DecodeRune(r, second); pair != utf8.RuneError {
				return pair, 12
			}
		}
		return utf8.RuneError, 6
	default:
		return rune(b[1]), 2
	}
}

// hex4 reads four hexadecimal digits.
func hex4(b []byte) (rune, bool) {
	if len(b) < 4 {
		return 0, false
	}
	var r rune
	for _, c := range b[:4] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
