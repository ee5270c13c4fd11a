package telegram

import (
	"bytes"
	"errors"
	"strconv"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// Intake divides a batch by brackets and quotes alone and leaves all judgement to Decode,
// which comes after the inbox: so one update that nobody understands keeps none of the
// others from being stored, and is itself stored, looked at and buried like any other.

// errBatch says that an answer cannot be divided into updates.
var errBatch = errors.New("cannot be divided into updates")

// batch is an answer to getUpdates.
type batch struct {
	rows  []turn.Row
	next  int64 // the offset that confirms all rows
	alien int   // elements without an update_id, which can be neither stored nor confirmed
}

// split divides the value of result, a JSON array, into rows that share its memory. When it
// returns an error, the rows before the broken place are still good.
func split(result []byte, at time.Time) (batch, error) {
	var b batch
	i := blank(result, 0)
	if i >= len(result) || result[i] != '[' {
		return b, errBatch
	}
	b.rows = make([]turn.Row, 0, min(100, 1+len(result)/300))
	for i++; ; {
		i = blank(result, i)
		if i >= len(result) {
			return b, errBatch
		}
		switch result[i] {
		case ']':
			return b, nil
		case ',':
			i++
			continue
		}
		end := span(result, i)
		if end <= i {
			return b, errBatch
		}
		if id, ok := updateID(result[i:end]); ok {
			b.rows = append(b.rows, turn.Row{UpdateID: id, Body: result[i:end:end], At: at})
			b.next = max(b.next, id+1)
		} else {
			b.alien++
		}
		i = end
	}
}

// updateID finds the update_id among the fields of the outermost object.
func updateID(b []byte) (int64, bool) {
	for key, value := range fields(b) {
		if string(key) == `"update_id"` {
			id, err := strconv.ParseInt(string(value), 10, 64)
			return id, err == nil && id >= 0
		}
	}
	return 0, false
}

// fields walks over an object's fields as they stand, the keys with their quotes.
func fields(b []byte) func(yield func(key, value []byte) bool) {
	return func(yield func(key, value []byte) bool) {
		i := blank(b, 0)
		if i >= len(b) || b[i] != '{' {
			return
		}
		i++
		for {
			i = blank(b, i)
			for i < len(b) && b[i] == ',' {
				i = blank(b, i+1)
			}
			if i >= len(b) || b[i] != '"' {
				return
			}
			keyEnd := span(b, i)
			colon := blank(b, keyEnd)
			if keyEnd <= i || colon >= len(b) || b[colon] != ':' {
				return
			}
			start := blank(b, colon+1)
			end := span(b, start)
			if end <= start || !yield(b[i:keyEnd], b[start:end]) {
				return
			}
			i = end
		}
	}
}

// blank steps over white space.
func blank(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// span returns the end of the value that begins at i, or i when there is no end.
func span(b []byte, i int) int {
	if i >= len(b) {
		return i
	}
	switch b[i] {
	case '"':
		return quoted(b, i)
	case '{', '[':
		return bracketed(b, i)
	}
	for j := i; j < len(b); j++ {
		switch b[j] {
		case ',', '}', ']', ':', '"', ' ', '\n', '\r', '\t':
			return j
		}
	}
	return len(b)
}

// quoted returns the end of a string, or i.
func quoted(b []byte, i int) int {
	for j := i + 1; j < len(b); j++ {
		n := bytes.IndexByte(b[j:], '"')
		if n < 0 {
			return i
		}
		j += n
		slashes := 0
		for b[j-1-slashes] == '\\' { // ends at the opening quote at the latest
			slashes++
		}
		if slashes%2 == 0 {
			return j + 1
		}
	}
	return i
}

// bracketed returns the end of an object or array, or i.
func bracketed(b []byte, i int) int {
	depth := 0
	for j := i; j < len(b); j++ {
		switch b[j] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return j + 1
			}
		case '"':
			end := quoted(b, j)
			if end == j {
				return i
			}
			j = end - 1
		}
	}
	return i
}
