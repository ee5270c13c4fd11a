package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/locales"
)

// A year in the life: twelve women are met, and everything that happens to them from then on happens
// by what their companions and the board write and tap in their chats.

// year is a house, and what its people know how to fill in.
type year struct {
	*house
	flows []*flow.Flow
	words *texts.Words
	notes *notes
	codes map[string]string // by alias
}

// rosterDone is the button that ends a roster.
var rosterDone = regexp.MustCompile(`\[👌 (Selesai \(\d+\))\]`)

func newYear(t *testing.T) *year {
	t.Helper()
	y := &year{notes: &notes{}, codes: map[string]string{}}
	y.house = newHouse(t, houseOptions{unseeded: true, logs: y.notes})
	for _, p := range []program.Person{
		{ID: "ketua", Role: program.Chair, Name: "Ratna", Chat: chairChat}, {ID: "sekretaris", Role: program.Secretary, Name: "Sari", Chat: 111},
		{ID: "bendahara", Role: program.Treasurer, Name: "Bina", Chat: 112}, {ID: "rina", Role: program.Companion, Name: "Rina", Chat: rinaChat},
		{ID: "yuli", Role: program.Companion, Name: "Yuli", Chat: yuliChat},
	} {
		p.Lang, p.Active = "id", true
		y.sim.AddChat(p.Chat, p.Name, string(p.Role))
		if err := y.store.AddPerson(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	y.flows, y.words = all, book.For("id")
	return y
}

// fills goes through a flow: to every question that is asked, it types the answer that is given for it,
// passes over what may be, and saves.
func (y *year) fills(chat int64, id string, answers map[string]string) {
	y.t.Helper()
	f := y.flows[slices.IndexFunc(y.flows, func(f *flow.Flow) bool { return f.ID == id })]
	y.say(chat, "/menu")
	y.say(chat, "/"+f.Command)
	for range 3 * len(f.Steps) {
		card := y.shown(chat)
		if strings.Contains(card, "[💾 Simpan]") {
			y.press(chat, "Simpan")
			if card = y.shown(chat); strings.Contains(card, "[💾 Simpan]") {
				y.t.Fatalf("%s was not saved:\n%s", id, card)
			}
			return
		}
		step := y.asked(f, card)
		answer, given := answers[step.Name]
		switch {
		case given:
			y.say(chat, strings.ReplaceAll(answer, "_", " "))
			if done := rosterDone.FindStringSubmatch(y.shown(chat)); done != nil && step.Kind == flow.Roster {
				y.press(chat, done[1])
			}
		case step.Optional && y.words.Has(f.SkipKey(step.Name)):
			y.press(chat, y.words.Text(f.SkipKey(step.Name)))
		case step.Optional:
			y.press(chat, "Lewati")
		default:
			y.t.Fatalf("%s asks for %s, and nothing is to be said:\n%s", id, step.Name, card)
		}
		if y.shown(chat) == card {
			y.t.Fatalf("%s goes on asking for %s after %q:\n%s", id, step.Name, answer, card)
		}
	}
	y.t.Fatalf("%s does not come to an end:\n%s", id, y.shown(chat))
}

// asked is the question that a card asks: the one whose words stand last on it.
func (y *year) asked(f *flow.Flow, card string) *flow.Question {
	y.t.Helper()
	at, found := -1, (*flow.Question)(nil)
	for i := range f.Steps {
		ask, _, _ := strings.Cut(y.words.Text(f.AskKey(f.Steps[i].Name)), "\n")
		ask = strings.NewReplacer("<b>", "", "</b>", "", "<i>", "", "</i>", "").Replace(ask)
		if j := strings.LastIndex(card, ask); j > at {
			at, found = j, &f.Steps[i]
		}
	}
	if found == nil {
		y.t.Fatalf("%s asks for something else:\n%s", f.ID, card)
	}
	return found
}

// days lets days pass, and the house is tidied.
func (y *year) days(n int) {
	y.t.Helper()
	y.passes(time.Duration(n) * 24 * time.Hour)
	y.tidyOnce(y.t.Context())
}

// meets has a companion meet a woman, who wants to be accompanied.
func (y *year) meets(chat int64, alias string, more map[string]string) {
	y.t.Helper()
	answers := map[string]string{
		"dewasa": "ya", "sumber": "warga", "hasil": "mau", "pendampingan": "setuju", "cara": "kertas", "alias": alias,
		"kebutuhan": "modal", "minat": "tata_boga", "punya_usaha": "belum",
	}
	for name, answer := range more {
		answers[name] = answer
	}
	y.fills(chat, "jangkau", answers)
	for _, p := range y.people() {
		if p.Alias == alias {
			y.codes[alias] = p.Code
		}
	}
}

// people are all participants on record.
func (y *year) people() []program.Participant {
	y.t.Helper()
	all, err := y.store.Participants(y.t.Context(), records.ParticipantFilter{})
	if err != nil {
		y.t.Fatal(err)
	}
	return all
}

// about is the open matter of a kind about a woman, or the newest of the kind about nobody.
func (y *year) about(kind program.MatterKind, alias string) string {
	y.t.Helper()
	all, err := y.store.Matters(y.t.Context(), program.MatterFilter{Kind: kind, Participant: y.codes[alias], Open: true})
	if err != nil || len(all) == 0 {
		y.t.Fatalf("no open %s of %s: %v", kind, alias, err)
	}
	return all[len(all)-1].Code()
}

// stands says where a woman is on her way.
func (y *year) stands(alias string, want program.Stage) {
	y.t.Helper()
	for _, p := range y.people() {
		if p.Code == y.codes[alias] {
			if p.Stage != want {
				y.t.Fatalf("%s is at %s, want %s", alias, p.Stage, want)
			}
			return
		}
	}
	if want != "" {
		y.t.Fatalf("%s is not on record", alias)
	}
}

// isChosen brings a candidate before the board; the chair and the secretary are in favour.
func (y *year) isChosen(chat int64, alias string) {
	y.t.Helper()
	y.fills(chat, "ajukan", map[string]string{"participant": y.codes[alias], "kebutuhan": "modal"})
	y.stands(alias, program.Selection)
	candidate := y.about(program.Candidacy, alias)
	for _, member := range []int64{chairChat, 112} {
		y.fills(member, "suara", map[string]string{"calon": candidate, "suara": "setuju"})
	}
	y.fills(111, "putusan", map[string]string{"calon": candidate, "keputusan": "diterima"})
	y.stands(alias, program.Choosing)
}

// session plans a session, invites a group, holds it and closes it; away are those who were not there.
func (y *year) session(kind, group string, answers map[string]string, attendance map[string]string) {
	y.t.Helper()
	answers["jenis"], answers["mulai"] = kind, "besok jam 9"
	y.fills(111, "kegiatan", answers)
	y.presses(111, "Lihat", "Undang", group, "Kembali", "Umumkan")
	y.days(2)
	code := y.about(program.Session, "")
	attendance["kegiatan"] = code
	y.fills(111, "hadir", attendance)
	y.fills(111, "kegiatan_tutup", map[string]string{"kegiatan": code})
}

// getsCapital takes a woman's capital from the proposal to the end of shopping.
func (y *year) getsCapital(chat int64, alias string) {
	y.t.Helper()
	her := y.codes[alias]
	y.fills(chat, "persetujuan", map[string]string{"participant": her, "cara": "kertas", "data_modal": "setuju", "skala_keberfungsian": "setuju"})
	y.fills(chat, "modal_usul", map[string]string{"participant": her, "prioritas": "modal_terbatas"})
	aid := y.about(program.Aid, alias)
	y.fills(chat, "modal_rencana", map[string]string{"modal": aid, "barang": "kompor dua tungku", "kategori": "alat", "perkiraan": "600rb"})
	y.fills(chat, "modal_rencana", map[string]string{"modal": aid, "barang": "tepung dan ikan", "kategori": "bahan", "perkiraan": "400rb"})
	y.fills(112, "modal_setuju", map[string]string{"modal": aid, "keputusan": "disetujui", "jumlah_disetujui": "1jt", "sumber_dana": "lembaga"})
	y.stands(alias, program.Capital)
	for _, stage := range []string{"berkas", "buku_jadi", "buku_diserahkan"} {
		y.days(3)
		y.fills(chat, "modal_tahap", map[string]string{"modal": aid, "tahap": stage})
	}
	y.fills(112, "modal_cair", map[string]string{"modal": aid, "jumlah_cair": "1jt", "tanggal": "hari ini"})
	y.fills(chat, "modal_belanja", map[string]string{"modal": aid, "barang": "kompor dua tungku", "kategori": "alat", "jumlah": "580rb", "sesuai": "ya"})
	y.fills(chat, "modal_belanja", map[string]string{"modal": aid, "barang": "tepung dan ikan", "kategori": "bahan", "jumlah": "400rb", "sesuai": "ya"})
	y.fills(chat, "modal_beres", map[string]string{"modal": aid})
	y.stands(alias, program.Trading)
}

// TestAYearInTheLife drives twelve women from outreach to where they are after a year.
func TestAYearInTheLife(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	accepted := y.theyAreMet()
	y.theyLearn(accepted)
	trading := y.theyTrade()
	y.theyGoOn(trading)
	y.theYearIsOver(trading)
	if log := y.notes.String(); strings.Contains(log, "level=ERROR") || strings.Contains(log, "level=WARN") {
		t.Errorf("the log says:\n%s", log)
	}
}

// theyAreMet: twelve women are met in three weeks; eight come before the board and are accepted.
func (y *year) theyAreMet() []string {
	y.t.Helper()
	accepted := []string{"Melati", "Mawar", "Kenanga", "Dahlia", "Anggrek", "Cempaka", "Teratai", "Soka"}
	for i, alias := range accepted {
		y.meets([]int64{rinaChat, yuliChat}[i%2], alias, nil)
		y.stands(alias, program.Registered)
	}
	y.meets(rinaChat, "Seroja", nil)                                                                                                   // waits for another round
	y.meets(rinaChat, "Kamboja", map[string]string{"hasil": "pikir_dulu", "pendampingan": "lewati", "boleh_lagi": "ya"})               // will not have decided in a week
	y.meets(yuliChat, "Tanjung", map[string]string{"hasil": "belum_mau", "boleh_lagi": "tidak"})                                       // is nowhere on record
	y.fills(yuliChat, "jangkau", map[string]string{"dewasa": "ya", "sumber": "keluarga", "hasil": "belum_mau", "boleh_lagi": "tidak"}) // nor is the twelfth
	if y.codes["Tanjung"] != "" {
		y.t.Error("who does not want to is on record")
	}
	y.days(9)
	y.stands("Kamboja", "")
	for i, alias := range accepted {
		y.isChosen([]int64{rinaChat, yuliChat}[i%2], alias)
	}
	y.fills(rinaChat, "ajukan", map[string]string{"participant": y.codes["Seroja"], "kebutuhan": "keterampilan"})
	waits := y.about(program.Candidacy, "Seroja")
	y.fills(chairChat, "suara", map[string]string{"calon": waits, "suara": "tunda", "alasan": "kelas tahun ini sudah penuh"})
	y.fills(111, "putusan", map[string]string{"calon": waits, "keputusan": "ditunda", "alasan_umum": "tempat_penuh"})
	y.stands("Seroja", program.Waiting)
	return accepted
}

// theyLearn: each chooses her field, and they go to a temu wicara and to the BIMTEK.
func (y *year) theyLearn(accepted []string) {
	y.t.Helper()
	for i, alias := range accepted {
		y.fills([]int64{rinaChat, yuliChat}[i%2], "konsentrasi", map[string]string{"participant": y.codes[alias], "bidang": "tata_boga", "olahan": "pempek"})
		y.stands(alias, program.TemuWicara)
	}
	y.session("temu_wicara", "Semua di tahap ini (8)", map[string]string{}, map[string]string{"siapa": "semua hadir kecuali Soka"})
	for _, alias := range accepted[:7] {
		y.stands(alias, program.Bimtek)
	}
	y.stands("Soka", program.TemuWicara)
	y.days(10)
	y.session("bimtek", "Hadir temu wicara (7)", map[string]string{"konsentrasi": "tata_boga"}, map[string]string{"siapa": "semua hadir", "hasil": "semua selesai"})
}

// theyTrade: five of them get a capital and buy what they planned; two begin with what they have.
func (y *year) theyTrade() []string {
	y.t.Helper()
	trading := []string{"Melati", "Mawar", "Kenanga", "Dahlia", "Anggrek"}
	for i, alias := range trading {
		y.getsCapital([]int64{rinaChat, yuliChat}[i%2], alias)
	}
	for _, alias := range []string{"Cempaka", "Teratai"} {
		chat := map[string]int64{"Cempaka": yuliChat, "Teratai": rinaChat}[alias]
		y.fills(chat, "tahap", map[string]string{"participant": y.codes[alias], "ke": "usaha_berjalan", "alasan": "mau_sendiri"})
		y.stands(alias, program.Trading)
	}
	return append(trading, "Cempaka", "Teratai")
}

// theyGoOn: the months of trading, with visits, check-ins, a case, a pause, and a handing over.
func (y *year) theyGoOn(trading []string) {
	y.t.Helper()
	y.fills(chairChat, "serah", map[string]string{"participant": y.codes["Anggrek"], "kepada": "Yuli", "setuju": "ya", "alasan": "jarak"})
	companion := map[string]int64{"Melati": rinaChat, "Mawar": yuliChat, "Kenanga": rinaChat, "Dahlia": yuliChat, "Anggrek": yuliChat, "Cempaka": yuliChat, "Teratai": rinaChat}
	for month := range 4 {
		for _, alias := range trading {
			her := y.codes[alias]
			y.fills(companion[alias], "kunjungan", map[string]string{"participant": her, "tanggal": "hari ini", "jenis": "home_visit", "hasil": "tercapai", "kendala": "tidak ada"})
			y.fills(companion[alias], "usaha", map[string]string{"participant": her, "jalan_hari": "5", "omzet": "450rb", "arah": "naik", "kendala": "tidak ada"})
		}
		if month == 0 {
			y.fills(rinaChat, "kasus", map[string]string{"participant": y.codes["Melati"], "sumber": "pendamping", "jenis": "produk_kurang_laku", "tingkat": "biasa"})
			y.fills(rinaChat, "tindakan", map[string]string{"kasus": y.about(program.Case, "Melati"), "tindakan": "dikunjungi", "keadaan": "selesai", "hasil": "titip di dua warung"})
			y.fills(rinaChat, "perkembangan", map[string]string{"participant": y.codes["Melati"], "momen": "rutin", "d1": "3", "d4": "2", "bersama_peserta": "ya"})
		}
		y.days(30)
	}
	y.fills(rinaChat, "perkembangan", map[string]string{"participant": y.codes["Melati"], "momen": "rutin", "d1": "4", "d4": "4", "bersama_peserta": "ya"})
	y.fills(rinaChat, "tahap", map[string]string{"participant": y.codes["Kenanga"], "ke": "jeda", "alasan": "keluarga"})
	y.days(20)
	y.fills(rinaChat, "tahap", map[string]string{"participant": y.codes["Kenanga"], "ke": "aktif_lagi"})
	y.stands("Kenanga", program.Trading)
	y.fills(yuliChat, "tahap", map[string]string{"participant": y.codes["Cempaka"], "ke": "putus_kontak", "alasan": "sulit_dihubungi"})
}

// theYearIsOver: some stand on their own, one's way ends, and every way on record is one that 2.3 allows.
func (y *year) theYearIsOver(trading []string) {
	y.t.Helper()
	for _, alias := range []string{"Melati", "Mawar"} {
		chat := map[string]int64{"Melati": rinaChat, "Mawar": yuliChat}[alias]
		y.fills(chat, "tahap", map[string]string{"participant": y.codes[alias], "ke": "mandiri", "usaha_sendiri": "ya", "hasil_tetap": "ya", "pelanggan": "ya"})
		y.stands(alias, program.Trading) // the chair has not said yes
		y.say(chairChat, "usulan")
		y.press(chairChat, y.about(program.Proposal, alias)+" · Mandiri")
		y.press(chairChat, "Setuju")
		y.stands(alias, program.Independent)
	}
	y.days(130)
	y.fills(rinaChat, "persetujuan", map[string]string{"participant": y.codes["Melati"], "cara": "lisan_disaksikan", "pendampingan": "setuju"}) // a yes holds for a year
	y.days(40)
	y.fills(chairChat, "tahap", map[string]string{
		"participant": y.codes["Melati"], "ke": "terminasi", "alasan": "selesai_program", "kontak_lanjutan": "bulan_3", "sudah_tahu": "ya",
	})
	want := map[string]program.Stage{
		"Melati": program.Concluded, "Mawar": program.Independent, "Kenanga": program.Trading, "Dahlia": program.Trading, "Anggrek": program.Trading,
		"Cempaka": program.LostContact, "Teratai": program.Trading, "Soka": program.TemuWicara, "Seroja": program.Waiting,
	}
	for alias, stage := range want {
		y.stands(alias, stage)
	}
	if n := len(y.people()); n != len(want) {
		y.t.Errorf("%d women are on record, want %d", n, len(want))
	}
	for _, alias := range trading {
		y.wentHerWay(alias)
	}
	figures := map[string]int{"jangkau": 12, "suara": 17, "putusan": 9, "hadir": 2, "kunjungan": 28, "usaha": 28, "modal_belanja": 10, "kasus": 1}
	for id, want := range figures {
		if n, err := y.store.CountAllReports(y.t.Context(), id, "2026-01-01", "2028-01-01"); err != nil || n != want {
			y.t.Errorf("%d reports of %s, %v; want %d", n, id, err, want)
		}
	}
}

// wentHerWay holds every step of a woman's way against the rules, with the chair's yes where they want it.
func (y *year) wentHerWay(alias string) {
	y.t.Helper()
	changes, err := y.store.StageChanges(y.t.Context(), y.codes[alias], "", "")
	if err != nil {
		y.t.Fatal(err)
	}
	at, before := program.Reached, program.Reached
	var way []string
	for _, c := range changes {
		way = append(way, fmt.Sprint(c.To))
		if c.From != at {
			y.t.Errorf("%s came from %s, and was at %s: %v", alias, c.From, at, way)
		}
		decided := c.By == "ketua" || c.From == program.Selection
		if !decided && program.NeedsChair(c.From, c.To, before) {
			y.t.Errorf("%s came from %s to %s without the chair: %v", alias, c.From, c.To, way)
		}
		if c.From.Active() {
			before = c.From
		}
		at = c.To
	}
	if len(changes) < 6 {
		y.t.Errorf("%s has only %v behind her", alias, way)
	}
}
