package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/program"
)

// TestRightsAreWrittenDown holds docs/rights.md against the table: `go test -run Rights -update`
// writes it anew, and a reviewer sees in the difference who may do more or less than before.
func TestRightsAreWrittenDown(t *testing.T) {
	const file = "../../docs/rights.md"
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	rights := conversation.Rights(all)
	var b strings.Builder
	b.WriteString("# Who may do what\n\nWritten from the table in `internal/program/rights.go` and from `start` of the flows; what is not\n" +
		"allowed here is denied. *own*: about nobody else. *hers*: about the participants whom she\naccompanies. *all*: about everybody.\n\n| deed |")
	for _, role := range program.Roles() {
		fmt.Fprintf(&b, " %s |", role)
	}
	b.WriteString("\n|" + strings.Repeat(" --- |", len(program.Roles())+1) + "\n")
	for _, deed := range rights.Deeds() {
		fmt.Fprintf(&b, "| `%s` |", deed)
		for _, role := range program.Roles() {
			fmt.Fprintf(&b, " %s |", rights.Scope(role, deed))
		}
		b.WriteString("\n")
	}
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(written) != b.String() {
		t.Errorf("%s is not the table any more; it should say:\n%s", file, b.String())
	}
}

// roleChats has one person of every role; the two companions are in the house already.
var roleChats = map[program.Role]int64{
	program.Chair: chairChat, program.Secretary: 111, program.Treasurer: 112, program.Coordinator: 113,
	program.Companion: yuliChat, program.Beneficiary: melatiChat,
}

// everyRole is a house with somebody of every role.
func everyRole(t *testing.T) *house {
	t.Helper()
	h := newHouse(t, houseOptions{})
	for _, role := range []program.Role{program.Secretary, program.Treasurer, program.Coordinator} {
		h.sim.AddChat(roleChats[role], "Seseorang", string(role))
		one := program.Person{ID: "the-" + string(role), Role: role, Name: "Seseorang", Chat: roleChats[role], Lang: "id", Active: true}
		if err := h.store.AddPerson(t.Context(), one); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// rina's participants, whom nobody else may see, by code or by alias.
var foreign = []string{"M-417", "M-203", "K-388", "K-208", "R-130", "D-482", "Melati", "Mawar", "Kenanga", "Bunga", "Dahlia"}

// TestEveryRoleTriesEverything lets everybody but Rina try every command, every button of the
// house and of a flow, and every way of naming one of Rina's participants: what somebody has no
// right to is answered as if there were no such thing, and nothing of it is written.
func TestEveryRoleTriesEverything(t *testing.T) {
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	rights := conversation.Rights(all)
	for _, role := range program.Roles() {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			h, chat := everyRole(t), roleChats[role]
			unseen := func(what string) {
				t.Helper()
				for _, m := range h.sim.Messages(chat, 0) {
					for _, secret := range foreign {
						if m.From.IsBot && !rights.May(role, program.SeeAll) && strings.Contains(drawn(m), secret) && !(chat == melatiChat && (secret == "Melati" || secret == "M-417")) {
							t.Fatalf("%s sees %s after %s:\n%s", role, secret, what, drawn(m))
						}
					}
				}
				h.recorded(0)
			}
			for i, f := range all {
				if !sampled(i) {
					continue
				}
				begins := f.AskKey(f.Steps[0].Name)
				for _, said := range []string{"/" + f.Command, f.Keywords[0], "/" + f.Command + "@bot"} {
					h.say(chat, "/menu")
					h.say(chat, said)
					may := rights.May(role, program.ReportDeed(f.ID))
					if began := strings.Contains(h.shown(chat), "· 1/") || strings.Contains(h.shown(chat), "teman dampingan") || strings.Contains(h.shown(chat), "progress talks"); began != may {
						t.Errorf("%q begins %s: %v, want %v:\n%s", said, begins, began, may, h.shown(chat))
					}
					unseen(said)
				}
				h.say(chat, "/menu")
				h.forge(chat, "flow:"+f.ID)
				unseen("the button of " + f.ID)
			}
			for _, action := range []string{"menu", "help", "draft:0", "draft:-1", "draft:99", "undo", "again", "mend", "resume", "discard", "flow:", "flow:none", "p0", "save", "x", "", ":", "undo:M-417", "pick:M-417"} {
				h.say(chat, "/menu")
				h.forge(chat, action)
				unseen("the button " + action)
			}
			for _, text := range []string{"M-417 kemarin home visit, ketemu, tercapai, tidak ada kendala", "kemarin ke rumah melati, laku 450rb", "m417", "melati", "/batal", "/kembali", "/lewati", "/ulang", "/bantuan", "/start M-417", "/simpan", "simpan", "hapus", "data saya"} {
				h.say(chat, text)
				unseen(text)
			}
		})
	}
}

// forge presses a button that is not there, with the revision of the card that is.
func (h *house) forge(chat int64, action string) {
	h.t.Helper()
	for _, m := range slices.Backward(h.sim.Messages(chat, 0)) {
		if !m.From.IsBot || m.Deleted {
			continue
		}
		rev := "1"
		if buttons := m.Buttons(); len(buttons) > 0 {
			rev, _, _ = strings.Cut(buttons[0].CallbackData, ".")
		}
		h.pressData(chat, m.MessageID, rev+"."+action)
		return
	}
	h.t.Fatal("no message to press on")
}

// TestAForgedButtonIsOnRecord presses what is not on the card, and what was, long ago.
func TestAForgedButtonIsOnRecord(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(chairChat, "/menu")
	refused := func() (n int) {
		lines, err := h.store.Audits(t.Context(), 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range lines {
			if a.Action == "press.refused" && a.Actor == "ketua" {
				n++
			}
		}
		return n
	}
	for i, action := range []string{"flow:kunjungan", "undo", "nonsense"} {
		h.forge(chairChat, action)
		h.time.Advance(1e9)
		if refused() != i+1 {
			t.Errorf("%q: %d lines", action, refused())
		}
	}
	message, data, _ := h.button(chairChat, "Bantuan")
	h.say(chairChat, "/menu")
	if toast := h.pressData(chairChat, message, data); !strings.Contains(toast, "sudah lewat") || refused() != 3 {
		t.Errorf("a late button: %q, %d lines", toast, refused())
	}
}

// TestWhoHasAnotherRoleNow cannot go on with what she began, nor with what she put aside.
func TestWhoHasAnotherRoleNow(t *testing.T) {
	for _, aside := range []bool{false, true} {
		h := newHouse(t, houseOptions{})
		h.say(rinaChat, "/kunjungan")
		h.press(rinaChat, "M-417 · Melati")
		if aside {
			h.say(rinaChat, "/menu")
		}
		h.damage(`UPDATE person SET role = 'bendahara' WHERE id = 'rina'`)
		if aside {
			h.press(rinaChat, "Lanjut Kunjungan M-417 · Melati")
		} else {
			h.press(rinaChat, "Hari ini")
		}
		h.shows(rinaChat, "Pekan ini tercatat")
		if strings.Contains(h.shown(rinaChat), "Melati") {
			t.Errorf("she still sees:\n%s", h.shown(rinaChat))
		}
		h.recorded(0)
	}
}

// TestCommandsAreThoseOfTheRole looks at what Telegram shows at the text field of those who join: a
// companion, a participant, a chair. `make alur` writes it anew, to be read in the diff.
func TestCommandsAreThoseOfTheRole(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.newcomers()
	var all strings.Builder
	for i, person := range []string{"sari", "S-620", "ketua"} {
		chat := int64(5551 + i)
		h.sim.AddChat(chat, "Seseorang", "")
		h.say(chat, "/start "+h.invite(person))
		answer := h.call("getMyCommands", fmt.Sprintf(`scope={"type":"chat","chat_id":%d}`, chat))
		fmt.Fprintf(&all, "%s:", person)
		for part := range strings.SplitSeq(answer, `"command":"`) {
			if name, _, ok := strings.Cut(part, `"`); ok && !strings.HasPrefix(part, "{") {
				all.WriteString(" " + name)
			}
		}
		all.WriteString("\n")
	}
	const file = "testdata/commands.txt"
	if *update {
		if err := os.WriteFile(file, []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if all.String() != string(want) {
		t.Errorf("offered is\n%swant\n%sIf that is meant, run `make alur`.", all.String(), want)
	}
}
