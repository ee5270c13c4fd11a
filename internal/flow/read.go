package flow

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dampingi/dampingi/internal/bahasa"
)

// read understands a typed answer to the question at hand.
func (r *run) read(text string) reading {
	st := r.at()
	//exhaustive:enforce
	switch st.Kind {
	case Choice:
		return r.readChoice(text)
	case Choices:
		return r.readChoices(text)
	case Participant, Person, Session, Case, Task, Partner, Aid, Candidacy, Permit:
		return r.readPick(text)
	case Date:
		return r.readDate(text)
	case Time:
		return turned(bahasa.Time(text), bahasa.Clock.String)
	case DateTime:
		return r.readDateTime(text)
	case Amount:
		return r.readAmount(text)
	case Count:
		return r.limited(turned(bahasa.Count(text, st.Max), decimal))
	case Scale:
		return turned(bahasa.Scale(text, st.Min, st.Max), decimal)
	case YesNo:
		return r.readYesNo(text)
	case Text:
		return r.readText(text)
	case Roster: // sayRoster
	}
	return reading{}
}

// decimal writes a number in its canonical form.
func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// turned brings what bahasa understood into canonical form.
func turned[T any](got bahasa.Result[T], canonical func(T) string) reading {
	out := reading{sure: got.Sure, reason: got.Reason, answers: make([]Answer, 0, len(got.Values))}
	for _, v := range got.Values {
		out.answers = append(out.answers, Answer{Values: []string{canonical(v)}, Approx: got.Approx})
	}
	if got.Range && got.Sure == bahasa.Certain { // from..to: the beginning is what is asked for
		out.answers = out.answers[:1]
	}
	return out
}

// readText takes a text as it is, unless it must not be kept.
func (r *run) readText(text string) reading {
	if found, bad := bahasa.Forbidden(text); bad {
		return reading{sure: bahasa.Reject, reason: blockedReason(found)}
	}
	if utf8.RuneCountInString(text) > r.at().length() {
		return reading{sure: bahasa.Reject, reason: "too_long"}
	}
	return reading{sure: bahasa.Certain, answers: []Answer{{Values: []string{text}}}}
}

// blockedReason names the sentence for a text that must not be kept.
func blockedReason(found bahasa.Finding) string {
	if found.Kind == reasonSafety {
		return reasonSafety
	}
	return "blocked"
}

// reasonSafety is why a text about violence is not kept.
const reasonSafety = "safety"

// readYesNo understands yes and no; "not yet" is a no.
func (r *run) readYesNo(text string) reading {
	return turned(bahasa.YesNo(text), func(a bahasa.YesNoAnswer) string {
		if a == bahasa.Yes {
			return Yes
		}
		return No
	})
}

// limited refuses counts outside of the question's limits.
func (r *run) limited(got reading) reading {
	for _, a := range got.answers {
		if n, err := strconv.ParseInt(a.Value(), 10, 64); err != nil || !r.at().within(n) {
			return reading{sure: bahasa.Reject, reason: "range"}
		}
	}
	return got
}

// unusualBy is how many times more or less than the last amounts asks for a confirmation.
const unusualBy = 5

// readAmount understands an amount, and asks back when it is far from the last ones.
func (r *run) readAmount(text string) reading {
	st := r.at()
	got := turned(bahasa.Amount(text, bahasa.Limits{UsualMin: st.Usual, Max: st.Max, Negative: st.Negative}), decimal)
	if got.sure != bahasa.Certain || len(r.in.Usual[st.Name]) == 0 {
		return got
	}
	if unusual(got.answers[0], r.in.Usual[st.Name]) {
		got.sure = bahasa.Confirm
	}
	return got
}

// unusual reports whether an amount is far from the last ones.
func unusual(a Answer, usual []int64) bool {
	n, err := strconv.ParseInt(a.Value(), 10, 64)
	if err != nil || len(usual) == 0 {
		return false
	}
	low, high := slices.Min(usual), slices.Max(usual)
	return n > 0 && low > 0 && (n > high*unusualBy || n < low/unusualBy)
}

// readDate understands a day, within the question's reach.
func (r *run) readDate(text string) reading {
	got := bahasa.DateWithin(text, r.in.Now, r.at().Tense != Future, r.at().days())
	if n := len(got.Values); got.Range && n >= 2 { // what stands before a span is another reading
		return r.readSpan(got.Values[:n-2], got.Values[n-2], got.Values[n-1])
	}
	return r.nearby(turned(got, bahasa.Date.String))
}

// readSpan asks for the day in a named week or month, after what else was meant perhaps.
func (r *run) readSpan(likelier []bahasa.Date, from, to bahasa.Date) reading {
	first, last := from.Time(r.in.Now.Location()), to.Time(r.in.Now.Location())
	if last.Sub(first) > 8*24*time.Hour {
		return reading{sure: bahasa.Ask, month: first.Format("2006-01")}
	}
	out := reading{sure: bahasa.Ask}
	for _, d := range likelier {
		out.answers = append(out.answers, Answer{Values: []string{d.String()}})
	}
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		if r.at().inRange(day, r.today()) && !slices.Contains(likelier, bahasa.DateOf(day)) {
			out.answers = append(out.answers, Answer{Values: []string{day.Format(time.DateOnly)}})
		}
	}
	return out
}

// nearby refuses days that are further away than the question allows.
func (r *run) nearby(got reading) reading {
	for _, a := range got.answers {
		day, err := time.ParseInLocation(time.DateOnly, a.Value(), r.in.Now.Location())
		if err == nil && !r.at().inRange(day, r.today()) {
			return reading{sure: bahasa.Reject, reason: "too_far", answers: []Answer{a}}
		}
	}
	return got
}

// readDateTime understands a day with its time; a day alone asks for the time.
func (r *run) readDateTime(text string) reading {
	if r.s.View == Hours {
		day := r.s.Month
		return turned(bahasa.Time(text), func(c bahasa.Clock) string { return day + "T" + c.String() })
	}
	got := bahasa.DateTimeFuture(text, r.in.Now)
	if got.Sure == bahasa.Certain && len(got.Values) > 0 && !got.Values[0].HasClock {
		return reading{sure: bahasa.Ask, day: got.Values[0].Date.String()}
	}
	return turned(got, bahasa.DateTime.String)
}

// readPick finds a record by code or alias; what only nearly fits is confirmed.
func (r *run) readPick(text string) reading {
	if p, ok := Exactly(r.picks(), text); ok {
		return reading{sure: bahasa.Certain, answers: []Answer{{Values: []string{p.Ref}, Label: p.Label}}}
	}
	if len([]rune(fold(text))) < 2 {
		return reading{}
	}
	found := matching(r.picks(), text)
	switch len(found) {
	case 0:
		return reading{}
	case 1:
		a := []Answer{{Values: []string{found[0].Ref}, Label: found[0].Label}}
		if strings.HasPrefix(fold(found[0].Label), fold(text)) && len(fold(text)) >= 3 {
			return reading{sure: bahasa.Certain, answers: a}
		}
		return reading{sure: bahasa.Confirm, answers: a}
	}
	return reading{sure: bahasa.Ask, narrow: true}
}

// readChoice understands an option by its label, its code, its place or a clear beginning.
func (r *run) readChoice(text string) reading {
	codes := r.optionsNamed(bahasa.Normalize(text))
	if len(codes) == 0 {
		if yn := bahasa.YesNo(text); yn.Sure == bahasa.Certain {
			codes = r.yesOrNo(yn.Values[0] == bahasa.Yes)
		}
	}
	return coded(codes)
}

// coded is the reading of an option, or of several that it might be.
func coded(codes []string) reading {
	if len(codes) == 0 {
		return reading{}
	}
	out := reading{sure: bahasa.Certain}
	if len(codes) > 1 {
		out.sure = bahasa.Ask
	}
	for _, c := range codes {
		out.answers = append(out.answers, Answer{Values: []string{c}})
	}
	return out
}

// yesOrNo finds the option that a bare yes or no means, where the choice has such a one.
func (r *run) yesOrNo(yes bool) []string {
	for _, code := range []string{"tidak_ada", No, Yes} {
		_, ok := r.at().Choice(code)
		if ok && (code == Yes) == yes {
			return []string{code}
		}
	}
	return nil
}

// optionsNamed finds the options that a normalised text may mean: those it names fully
// before those it begins.
func (r *run) optionsNamed(text string) []string {
	st := r.at()
	if n, err := strconv.Atoi(text); err == nil {
		page, _ := optionPage(st, r.s.Page)
		if n >= 1 && n <= len(page) {
			return []string{page[n-1].Code}
		}
		return nil
	}
	var begins []string
	for i := range st.Choices {
		code := st.Choices[i].Code
		label := strings.ReplaceAll(code, "_", " ")
		if r.in.Texts != nil {
			label = bahasa.Normalize(r.in.Texts.Text(r.f.ChoiceKey(st.Name, code)))
		}
		if text == label || text == code || text == strings.ReplaceAll(code, "_", " ") {
			return []string{code}
		}
		if r.f.ReadsOut(st.Name) && code == Agreed {
			continue // "setuju tapi" and what only resembles it is no yes
		}
		if len(text) >= 3 && (strings.HasPrefix(label, text) || strings.HasPrefix(text, label+" ") || distance(label, text) <= len(text)/5) {
			begins = append(begins, code)
		}
	}
	return begins
}

// readChoices understands several options, separated as people separate them.
func (r *run) readChoices(text string) reading {
	parts := strings.FieldsFunc(bahasa.Normalize(text), func(c rune) bool { return strings.ContainsRune(",;/&+", c) })
	var codes []string
	all := true
	for _, part := range parts {
		for _, p := range splitWords(part, " dan ", " sama ", " serta ") {
			got := r.readChoice(p)
			switch got.sure {
			case bahasa.Certain:
				codes = append(codes, got.answers[0].Value())
			case bahasa.None:
				all = false
			default:
				return got
			}
		}
	}
	if len(codes) == 0 || !all {
		return reading{some: codes}
	}
	st := r.at()
	codes = append(codes, r.s.Toggled...) // what is ticked already counts, too
	ordered := make([]string, 0, len(codes))
	for i := range st.Choices {
		o := &st.Choices[i]
		if slices.Contains(codes, o.Code) {
			if o.Alone && len(codes) > 1 {
				return reading{}
			}
			ordered = append(ordered, o.Code)
		}
	}
	return reading{sure: bahasa.Certain, answers: []Answer{{Values: ordered}}}
}

// splitWords splits a text at any of several words.
func splitWords(text string, seps ...string) []string {
	parts := []string{text}
	for _, sep := range seps {
		var next []string
		for _, p := range parts {
			next = append(next, strings.Split(p, sep)...)
		}
		parts = next
	}
	return slices.DeleteFunc(parts, func(p string) bool { return strings.TrimSpace(p) == "" })
}
