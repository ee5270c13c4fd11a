package flow

import "slices"

// SaveAs says what saving a run writes.
type SaveAs string

// What saving writes.
const (
	AsReport  SaveAs = ""        // a report with its facts
	AsContact SaveAs = "contact" // how a participant may be reached without harm
	AsConsent SaveAs = "consent" // what a participant has agreed to and what not
	AsGuest   SaveAs = "guest"   // whether guests may see her business, this once
)

// The codes that saving gives a meaning to, besides those that are words of the programme.
const (
	Agreed   = "setuju"      // a purpose: she has said yes to it
	NotNow   = "tidak_dulu"  // a purpose: she has said no to it, or takes her yes back
	EveryDay = "setiap_hari" // the days of a safe contact: all of them
)

// consentFlow is the flow whose texts are read out, wherever a purpose is asked about.
const consentFlow = "persetujuan"

// ReadsOut reports whether a step's question is a text that is read out to the participant as it
// stands, as the card of a purpose is: it is longer than a question, and a nod is no answer to it.
// A purpose may be asked about in a report as well, when a woman is met for the first time.
func (f *Flow) ReadsOut(step string) bool {
	return slices.Contains(purposes(), step) || f.Save.As == AsGuest && step == guestVisit
}

// saveAsWords lists what save.as may say.
func saveAsWords() []string { return words([]SaveAs{AsContact, AsConsent, AsGuest}) }

// wanted is a step that saving as something else than a report reads.
type wanted struct {
	name  string
	kind  Kind
	codes []string // of its choices: these and no others
	must  bool     // it cannot be passed over
	free  bool     // it can be passed over, and nothing answers it but a person
}

// saved are the steps that saving reads; of those of a report, it reads whatever there is.
func (as SaveAs) saved() []wanted {
	her := wanted{name: "participant", kind: Participant, must: true}
	switch as {
	case AsContact:
		return []wanted{
			her,
			{name: "boleh_chat", kind: Choice, codes: []string{"ya", "tidak", "hanya_balas"}},
			{name: "hp_dipakai", kind: Choice, codes: []string{"sendiri", "bersama_keluarga", "pinjam", "tidak_tahu"}},
			{name: "samaran", kind: Choice, codes: []string{"kelas", "masak", "usaha", "kosong"}},
			{name: "hari", kind: Choices, codes: []string{EveryDay, "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"}},
			{name: "jam_mulai", kind: Time},
			{name: "jam_selesai", kind: Time},
			{name: "buka", kind: Choice, codes: []string{"buka_dulu", "langsung"}},
			{name: "tutup_setelah", kind: Choice, codes: []string{"m10", "m60", "m1440"}},
			{name: "salah_orang", kind: Choice, codes: []string{"jawab_1", "jawab_2", "jawab_3"}},
		}
	case AsConsent:
		all := []wanted{her, {name: "cara", kind: Choice, codes: []string{"lisan_disaksikan", "kertas"}, must: true}}
		for _, p := range purposes() {
			all = append(all, wanted{name: p, kind: Choice, codes: []string{Agreed, NotNow}, free: true})
		}
		return all
	case AsGuest:
		return []wanted{
			her,
			{name: "hari", kind: Date, must: true},
			{name: "cara", kind: Choice, codes: []string{"lisan_disaksikan", "kertas", "lewat_hp"}, must: true},
			{name: guestVisit, kind: Choice, codes: []string{Agreed, NotNow}, free: true},
		}
	case AsReport:
	}
	return nil
}

// guestVisit is the purpose that is asked about for a single visit.
const guestVisit = "kunjungan_tamu"

// purposes are what a participant is asked about, in the order in which she is. They are the words
// of package program, without the one that is asked for a single visit; a test keeps them the same.
func purposes() []string {
	return []string{"pendampingan", "pengingat_chat", "penyimpanan_luar_negeri", "data_modal", "skala_keberfungsian", "angka_anonim"}
}
