package flow_test

import (
	"slices"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/locales"
)

// codes are the codes of one of a flow's steps.
func codes(t *testing.T, f *flow.Flow, step string) []string {
	t.Helper()
	st, ok := f.Step(step)
	if !ok {
		t.Fatalf("no step %s", step)
	}
	var all []string
	for _, o := range st.Choices {
		all = append(all, o.Code)
	}
	slices.Sort(all)
	return all
}

// sorted are words of the programme as plain ones.
func sorted[T ~string](all ...T) []string {
	var plain []string
	for _, w := range all {
		plain = append(plain, string(w))
	}
	slices.Sort(plain)
	return plain
}

// TestConsentAsksTheProgrammesPurposes keeps the flow's words those of the programme, and its order.
func TestConsentAsksTheProgrammesPurposes(t *testing.T) {
	f := parseFile(t, "persetujuan.yaml")
	var want, got []string
	for _, p := range program.Purposes() {
		if p != program.GuestVisit {
			want = append(want, string(p))
		}
	}
	for _, st := range f.Steps {
		if f.ReadsOut(st.Name) {
			got = append(got, st.Name)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("asks %v, want %v", got, want)
	}
	if got, want := codes(t, f, "cara"), sorted(program.Witnessed, program.OnPaper); !slices.Equal(got, want) {
		t.Errorf("ways %v, want %v", got, want)
	}
	if !f.Unlisted || f.Save.As != flow.AsConsent {
		t.Errorf("unlisted %v, saved as %q", f.Unlisted, f.Save.As)
	}
}

// TestContactHasTheProgrammesCodes keeps the codes of a safe contact those of the programme.
func TestContactHasTheProgrammesCodes(t *testing.T) {
	f := parseFile(t, "kontak.yaml")
	for step, want := range map[string][]string{
		"boleh_chat": sorted(program.ChatYes, program.ChatNo, program.ChatReply),
		"hp_dipakai": sorted(program.PhoneOwn, program.PhoneFamily, program.PhoneBorrowed, program.PhoneUnknown),
		"buka":       sorted(program.OpenFirst, program.OpenAtOnce),
		"samaran":    sorted(program.Themes()...),
	} {
		if got := codes(t, f, step); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", step, got, want)
		}
	}
	if got := codes(t, f, "salah_orang"); len(got) != program.CoverVariants {
		t.Errorf("%d covers, want %d", len(got), program.CoverVariants)
	}
	if got := codes(t, f, "tutup_setelah"); len(got) != len(program.HideAfters()) {
		t.Errorf("%v, want as many as %v", got, program.HideAfters())
	}
	if !f.Unlisted || f.Save.As != flow.AsContact {
		t.Errorf("unlisted %v, saved as %q", f.Unlisted, f.Save.As)
	}
}

// TestANodIsNoConsent types what a purpose is answered with, and what only sounds like it.
func TestANodIsNoConsent(t *testing.T) {
	f := parseFile(t, "persetujuan.yaml")
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]string{
		"setuju": "setuju", "Setuju kak": "setuju", "tidak dulu": "tidak_dulu", "tidak": "tidak_dulu",
		"ok": "", "sip": "", "ya": "", "boleh": "", "setuju tapi nanti": "", "setujuu?": "", "belum setuju": "", "tidak setuju": "", "y": "",
	} {
		in := flow.Input{
			Now: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC), Texts: book.For("id"), Kind: flow.Begin, Run: "r",
			Known: []flow.Answer{{Name: "participant", Values: []string{"M-417"}}, {Name: "cara", Values: []string{"kertas"}}},
		}
		s, _ := flow.Step(f, flow.State{}, in)
		if s.At != "pendampingan" {
			t.Fatalf("asks %q", s.At)
		}
		in.Kind, in.Text = flow.Say, said
		s, _ = flow.Step(f, s, in)
		if a, _ := s.Answer("pendampingan"); a.Value() != want {
			t.Errorf("%q is taken for %q, want %q", said, a.Value(), want)
		}
	}
}
