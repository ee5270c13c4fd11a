package flow_test

import (
	"testing"

	"github.com/dampingi/dampingi/internal/flow"
)

func TestASentenceLeavesOnlyItsGapsToBeAsked(t *testing.T) {
	c := &chat{t: t, f: load(t, "kunjungan")}
	answer := func(name string, values ...string) flow.Answer {
		return flow.Answer{Name: name, Values: values, Given: true}
	}
	c.do(flow.Input{
		Kind: flow.Begin, Run: "r", Source: "tadi ke rumah mawar, dapet 300rb",
		Known:  []flow.Answer{answer("participant", "M-203"), answer("tanggal", "2026-11-25"), answer("jenis", "home_visit")},
		Unsure: []flow.Answer{answer("omzet"), answer("omzet", "300000"), answer("laba"), answer("laba", "300000")},
	})
	c.want("hasil", flow.Asking).press("tercapai").want("kendala", flow.Asking).press("tidak_ada")
	c.want("omzet", flow.Choosing).say("ya").want("", flow.Summary)
	want := `{"tanggal":"2026-11-25","jenis":"home_visit","hasil":"tercapai","kendala":["tidak_ada"],"cara":"tatap_muka","omzet":300000}`
	if got := c.saved(); got != want {
		t.Errorf("saved\n%s, want\n%s", got, want)
	}
	c.do(flow.Input{
		Kind: flow.Begin, Run: "r", Source: "dapet 300rb", Unsure: []flow.Answer{answer("omzet", "300000"), answer("laba", "300000")},
		Known: []flow.Answer{answer("participant", "M-203"), answer("tanggal", "2026-11-25"), answer("jenis", "home_visit"), answer("hasil", "belum"), answer("kendala", "tidak_ada")},
	})
	c.want("omzet", flow.Choosing).say("bukan").want("omzet", flow.Asking).say("450rb").want("laba", flow.Choosing).say("ya").want("", flow.Summary)
}
