package flow

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// save reads what saving does.
func (r *reader) save(n *yaml.Node, f *Flow, top fields) Save {
	var s Save
	at, _ := r.fields(n, "save", saveFields())
	if n, ok := at.val["as"]; ok {
		if as, ok := r.oneOf(n, "as", saveAsWords()); ok {
			s.As = SaveAs(as)
			r.noReport(s.As, at, top)
			r.savedSteps(s.As, n, f)
		}
	}
	if n, ok := at.val["occurred_on"]; ok {
		s.OccurredOn, _ = r.dateStep(n, "occurred_on", f, Past)
	}
	if n, ok := at.val["follow_ups"]; ok {
		s.FollowUps = r.words(n, "follow_ups", func(n *yaml.Node) (string, bool) {
			return r.dateStep(n, "follow_ups", f, Future)
		})
	}
	r.matter(&s, at, f)
	return s
}

// readOut reports purposes that a report asks about otherwise than consent is asked for.
func (r *reader) readOut(f *Flow) {
	for _, w := range AsConsent.saved() {
		if i := f.index(w.name); i >= 0 && w.free {
			r.savedStep(AsConsent, w, &f.Steps[i], r.steps[i])
		}
	}
}

// matter reads what a report does to something with a life of its own.
func (r *reader) matter(s *Save, at fields, f *Flow) {
	if n, ok := at.val["opens"]; ok {
		s.Opens, _ = r.oneOf(n, "opens", opened())
	}
	if n, ok := at.val["moves"]; ok {
		s.Moves, _ = r.oneOf(n, "moves", moved())
		if s.Opens != "" {
			r.at(at.key["moves"], "a report opens a matter or moves one on, not both: leave one out")
		}
		if Kind(s.Moves).Matter() && f.About != Kind(s.Moves) {
			r.at(n, "moves: %s moves what the report is about: want about: %s", s.Moves, s.Moves)
		}
	}
	if s.Opens == "" && s.Moves == "" {
		for _, name := range []string{"to", "to_of", "owner", "day", "known"} {
			if key, ok := at.key[name]; ok {
				r.at(key, "%s is for a report that opens or moves a matter", name)
			}
		}
		return
	}
	if n, ok := at.val["known"]; ok {
		if s.Known = r.flag(n, "known"); s.Known && s.Opens != "" {
			r.at(at.key["known"], "known: nothing is known of what a report opens: leave it out")
		}
	}
	if s.As != AsReport {
		r.at(at.key["as"], "as: %s saves no report, and only a report opens or moves a matter", s.As)
	}
	r.matterSteps(s, at, f)
}

// matterSteps reads which steps say what becomes of the matter.
func (r *reader) matterSteps(s *Save, at fields, f *Flow) {
	step := func(key string, kinds ...Kind) string {
		n, ok := at.val[key]
		if !ok {
			return ""
		}
		st, ok := r.stepOf(n, key, f)
		if ok && st.Kind != "" && !slices.Contains(kinds, st.Kind) {
			r.at(n, "%s: %q is %s: want %s", key, st.Name, withArticle(st.Kind), list(words(kinds)))
		}
		if !ok {
			return ""
		}
		return st.Name
	}
	s.ToOf, s.Owner, s.Day = step("to_of", Choice), step("owner", Person), step("day", Date, DateTime)
	if n, ok := at.val["to"]; ok {
		s.To = r.name(n, "to", nil)
		if s.ToOf != "" {
			r.at(at.key["to"], "to and to_of both say the status: leave one out")
		}
	}
}

// noReport reports what only a report has.
func (r *reader) noReport(as SaveAs, save, top fields) {
	for _, name := range []string{"occurred_on", "follow_ups"} {
		if key, ok := save.key[name]; ok {
			r.at(key, "%s is for reports, and as: %s saves none: leave it out", name, as)
		}
	}
	if key, ok := top.key["digest"]; ok {
		r.at(key, "digest counts reports, and as: %s saves none: leave it out", as)
	}
	if n, ok := top.val["about"]; !ok || n.Value != string(Participant) {
		r.at(top.place("about"), "as: %s is about a participant: want about: %s", as, Participant)
	}
}

// savedSteps reports the steps that saving needs and does not find, those that it finds otherwise
// than it needs them, and those that would be asked for nothing.
func (r *reader) savedSteps(as SaveAs, n *yaml.Node, f *Flow) {
	all := as.saved()
	for _, w := range all {
		i := f.index(w.name)
		if i < 0 {
			r.at(n, "as: %s needs a step %q of kind %s", as, w.name, w.kind)
			continue
		}
		r.savedStep(as, w, &f.Steps[i], r.steps[i])
	}
	for i := range f.Steps {
		name := f.Steps[i].Name
		if name != "" && !slices.ContainsFunc(all, func(w wanted) bool { return w.name == name }) {
			r.at(r.steps[i].place("name"), "step %q would be asked and not saved: as: %s does not know it", name, as)
		}
	}
}

// savedStep reports how a step is otherwise than saving needs it.
func (r *reader) savedStep(as SaveAs, w wanted, s *Question, at fields) {
	if s.Kind == "" {
		return // said already
	}
	if s.Kind != w.kind {
		r.at(at.place("kind"), "step %q is %s: as: %s needs %s", s.Name, withArticle(s.Kind), as, withArticle(w.kind))
		return
	}
	for _, o := range s.Choices {
		if o.Code != "" && !slices.Contains(w.codes, o.Code) {
			r.at(at.place("choices"), "choice %q of step %q has no meaning for as: %s: %s", o.Code, s.Name, as, hint(o.Code, w.codes))
		}
	}
	for _, code := range w.codes {
		if _, ok := s.Choice(code); !ok && len(s.Choices) > 0 {
			r.at(at.place("choices"), "step %q has no choice %q: as: %s needs it", s.Name, code, as)
		}
	}
	if w.must && s.Optional {
		r.at(at.place("optional"), "step %q cannot be passed over: as: %s needs its answer", s.Name, as)
	}
	if w.free && !s.Optional {
		r.at(at.place("optional"), "step %q must be optional: true: nobody has to answer it", s.Name)
	}
	if _, ok := at.val["default"]; ok && w.free {
		r.at(at.place("default"), "step %q has a default: what nobody said is no consent", s.Name)
	}
}
