// Package bahasa reads and writes Indonesian as people type it in a chat:
// amounts, dates, times, yes and no, commands, attendance, counts and scales.
//
// It is pure. Time and zone arrive as parameters, nothing is remembered between
// calls, and no input, however strange, makes it panic. Every reader works in
// time linear in the length of the text.
package bahasa

// Sureness says how far an answer was understood, and so what happens next.
type Sureness uint8

const (
	// None means the text is not of this kind; it may be free text.
	None Sureness = iota
	// Certain means one reading that can be taken as it is.
	Certain
	// Confirm means one reading that should be asked back at once.
	Confirm
	// Ask means several readings, or an answer that only narrows the question.
	Ask
	// Reject means understood, and not allowed; Reason says why.
	Reject
)

// Result is what was understood in one text.
type Result[T any] struct {
	// Sure says how far the text was understood.
	Sure Sureness
	// Values holds one value for Certain and Confirm, the readings (most
	// likely first) for Ask, and nothing otherwise. An Ask without values was
	// understood but is not an answer ("nanti", "beberapa hari lalu").
	Values []T
	// Range marks the last two Values as start and end, both included: of a
	// named week or month to ask a day in (Ask), or from and to (Certain and
	// Confirm, times). A value before those two is another reading: "minggu
	// lalu" is last Sunday, or a day of last week.
	Range bool
	// Reason is a code for Reject: "currency", "phone", "id_number",
	// "too_big", "format", "future", "past", "too_old", "invalid_date",
	// "invalid_time", "negative" or "range".
	Reason string
	// Approx is set by "sekitar", "kira2", "-an" and their kind.
	Approx bool
	// Part is the part of the day a date came with: "pagi", "siang", "sore",
	// "malam", or empty.
	Part string
	// Start and End are byte offsets of the value in the original text; both
	// are 0 when the place is not known.
	Start, End int
}

// maxAnswer is the longest text, in bytes, that is read as an answer. It is
// above the longest message of Telegram (4096 characters of up to 4 bytes).
const maxAnswer = 16 << 10

func certain[T any](v T) Result[T] { return Result[T]{Sure: Certain, Values: []T{v}} }

func confirm[T any](v T) Result[T] { return Result[T]{Sure: Confirm, Values: []T{v}} }

func ask[T any](vs ...T) Result[T] { return Result[T]{Sure: Ask, Values: vs} }

func askRange[T any](vs ...T) Result[T] { return Result[T]{Sure: Ask, Values: vs, Range: true} }

func reject[T any](code string) Result[T] { return Result[T]{Sure: Reject, Reason: code} }

// at returns r with the place of the tokens from..to (exclusive) filled in.
func (r Result[T]) at(toks []token, from, to int) Result[T] {
	if from >= 0 && from < to && to <= len(toks) {
		r.Start, r.End = toks[from].start, toks[to-1].end
	}
	return r
}

// First returns the most likely value, and the zero value when there is none.
func (r Result[T]) First() (T, bool) {
	if len(r.Values) == 0 {
		var zero T
		return zero, false
	}
	return r.Values[0], true
}
