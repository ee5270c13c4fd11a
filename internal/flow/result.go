package flow

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// Result is what a finished run is saved as.
type Result struct {
	About      string          // the record it is about, "" for nobody
	OccurredOn string          // a day, 2006-01-02
	Answers    json.RawMessage // an object in the order of the flow: answer by question name
	Facts      []Fact
	FollowUps  []string // days on which the author wants to be reminded
}

// Fact is one coded or numeric answer that statistics may use.
type Fact struct {
	Field  string
	Number *int64
	Code   string
}

// Collect gathers the result of a run. What does not apply and what was passed over is left
// out; answers to questions that the flow no longer asks are kept.
func Collect(f *Flow, s State, today time.Time) Result {
	out := Result{OccurredOn: today.Format(time.DateOnly)}
	var b bytes.Buffer
	b.WriteByte('{')
	for _, a := range f.Told(s) {
		st, ok := f.Step(a.Name)
		if !ok || st.Passing {
			continue
		}
		if st.Kind == f.About {
			out.About = a.Value()
			continue
		}
		member(&b, a.Name, value(st, a))
		if a.Approx {
			member(&b, a.Name+"_kira_kira", true)
		}
		out.Facts = append(out.Facts, facts(st, a)...)
		if a.Name == f.Save.OccurredOn {
			out.OccurredOn = a.Value()
		}
		if slices.Contains(f.Save.FollowUps, a.Name) {
			out.FollowUps = append(out.FollowUps, a.Value())
		}
	}
	for _, a := range s.Kept { // of a former version: kept for people, not for statistics
		name := a.Name
		if _, asked := f.Step(name); asked {
			name += "_lama"
		}
		member(&b, name, a.Values)
	}
	b.WriteByte('}')
	out.Answers = b.Bytes()
	return out
}

// Lasting is a run without the answers that are of use only while it is saved.
func (f *Flow) Lasting(s State) State {
	s.Answers = slices.DeleteFunc(slices.Clone(s.Answers), func(a Answer) bool {
		st, ok := f.Step(a.Name)
		return ok && st.Passing
	})
	return s
}

// member writes one member of the object.
func member(b *bytes.Buffer, name string, v any) {
	if b.Len() > 1 {
		b.WriteByte(',')
	}
	key, _ := json.Marshal(name) // a string can always be written
	val, err := json.Marshal(v)
	if err != nil {
		val = []byte("null")
	}
	b.Write(key)
	b.WriteByte(':')
	b.Write(val)
}

// value is an answer as reports show it: numbers as numbers, yes and no as true and false.
func value(st *Question, a Answer) any {
	switch st.Kind {
	case Choices:
		return a.Values
	case Amount, Count, Scale:
		if n, err := strconv.ParseInt(a.Value(), 10, 64); err == nil {
			return n
		}
	case YesNo:
		return a.Value() == Yes
	}
	return a.Value()
}

// facts are what statistics may use of an answer: codes and numbers, never a text, never a
// record, never what the flow calls sensitive.
func facts(st *Question, a Answer) []Fact {
	if st.Sensitive {
		return nil
	}
	var out []Fact
	switch st.Kind {
	case Choice, Choices, YesNo:
		for _, v := range a.Values {
			out = append(out, Fact{Field: st.Name, Code: v})
		}
	case Amount, Count, Scale:
		if n, err := strconv.ParseInt(a.Value(), 10, 64); err == nil {
			out = append(out, Fact{Field: st.Name, Number: &n})
		}
	}
	return out
}
