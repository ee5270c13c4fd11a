package flow

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// Default limits, where a flow file names none.
const (
	defaultLength = 500
	defaultDays   = 366
)

// Accepts reports whether an answer fits the question: its values are in canonical form,
// its codes exist and its numbers are within the limits. Nearness of dates is not looked at.
func (s *Question) Accepts(a Answer) bool {
	if len(a.Values) == 0 {
		return s.Optional
	}
	if s.Kind != Choices && len(a.Values) != 1 {
		return false
	}
	return !slices.ContainsFunc(a.Values, func(v string) bool { return !s.acceptsValue(v) })
}

// acceptsValue looks at one canonical value.
func (s *Question) acceptsValue(v string) bool {
	//exhaustive:enforce
	switch s.Kind {
	case Choice, Choices:
		_, ok := s.Choice(v)
		return ok
	case Amount, Count, Scale:
		n, err := strconv.ParseInt(v, 10, 64)
		return err == nil && s.within(n)
	case YesNo:
		return v == Yes || v == No
	case Date:
		_, err := time.Parse(time.DateOnly, v)
		return err == nil
	case Time:
		_, err := time.Parse("15:04", v)
		return err == nil
	case DateTime:
		_, err := time.Parse("2006-01-02T15:04", v)
		return err == nil
	case Text:
		return v != "" && utf8.RuneCountInString(v) <= s.length()
	case Participant, Person, Session, Case, Task, Partner, Aid, Candidacy, Permit:
		return v != ""
	}
	return false
}

// within reports whether a number is inside the step's limits.
func (s *Question) within(n int64) bool {
	if s.Kind == Amount && s.Negative {
		return s.Max == 0 || (n <= s.Max && n >= -s.Max)
	}
	return n >= s.Min && (s.Max == 0 || n <= s.Max)
}

// length is the longest text in characters.
func (s *Question) length() int {
	if s.Length == 0 {
		return defaultLength
	}
	return s.Length
}

// days is how far a date may lie from today.
func (s *Question) days() int {
	if s.Days == 0 {
		return defaultDays
	}
	return s.Days
}

// far reports whether a day may lie so far away that its year has to be said.
func (s *Question) far() bool { return s.days() > defaultDays }

// The values of a yes/no question, as flow files and reports write them.
const (
	Yes = "ya"
	No  = "tidak"
)

// inRange reports whether a day may answer a date question today.
func (s *Question) inRange(day, today time.Time) bool {
	diff := int(day.Sub(today).Round(24*time.Hour) / (24 * time.Hour))
	if s.Tense == Future {
		return diff >= 0 && diff <= s.days()
	}
	return diff <= 0 && -diff <= s.days()
}
