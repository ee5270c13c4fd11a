// Package program holds the words of the domain: who the people are, what is
// recorded about an accompaniment, and the rules that need nothing but those words.
// It is pure: no clock, no store, no Telegram.
package program

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
)

// Role is what a person is to the institution; rights follow from it (program.md 1.0).
type Role string

// The roles, by the names that scripts and guides use.
const (
	Chair       Role = "ketua"
	Secretary   Role = "sekretaris"
	Treasurer   Role = "bendahara"
	Coordinator Role = "koordinator"
	Companion   Role = "pendamping"
	Beneficiary Role = "peserta"
)

// Roles lists every role in the order in which guides present them.
func Roles() []Role {
	return []Role{Chair, Secretary, Treasurer, Coordinator, Companion, Beneficiary}
}

// ParseRole reads a role's name, in any case; an unknown one is an error that lists the known.
func ParseRole(s string) (Role, error) {
	r := Role(strings.ToLower(strings.TrimSpace(s)))
	if !slices.Contains(Roles(), r) {
		names := make([]string, 0, len(Roles()))
		for _, known := range Roles() {
			names = append(names, string(known))
		}
		return "", fmt.Errorf("unknown role %q: use %s", s, strings.Join(names, ", "))
	}
	return r, nil
}

// Staff reports whether the role belongs to the institution's own people.
func (r Role) Staff() bool { return r != Beneficiary && r != "" }

// Board reports whether the role is one of the board, who are addressed as Ibu or Bapak.
func (r Role) Board() bool { return r == Chair || r == Secretary || r == Treasurer }

// Accompanies reports whether participants can be assigned to the role.
func (r Role) Accompanies() bool { return NewRights().May(r, Accompany) }

// Person is somebody who talks with the bot. For a participant, ID is her code and
// Name her alias: nothing else about her identity exists here (safety.md 3.5).
type Person struct {
	ID     string
	Role   Role
	Name   string
	Chat   int64 // Telegram's chat id; 0 while not yet joined
	Lang   string
	Active bool
	HasPIN bool
	Safe   Contact // a participant's safe contact; the zero value for staff
	Away   Date    // the last day on which one of the staff is away; empty when she is not
}

// AwayOn reports whether somebody of the staff is away on a day.
func (p Person) AwayOn(day Date) bool { return p.Away != "" && day <= p.Away }

// MaxCaseload is how many participants one companion accompanies, unless another number is set
// (program.md 2.1).
const MaxCaseload = 15

// LogValue keeps the name and the chat out of every log.
func (p Person) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", p.ID), slog.String("role", string(p.Role)))
}

// Stage is where a participant stands on her way (program.md 2.3).
type Stage string

// The stages, in the order of the way; the last six leave it or pause it.
const (
	Reached      Stage = "dijangkau"
	Registered   Stage = "didata"
	Selection    Stage = "seleksi"
	Waiting      Stage = "tunda_seleksi"
	Choosing     Stage = "konsentrasi"
	TemuWicara   Stage = "temu_wicara"
	Bimtek       Stage = "bimtek"
	Capital      Stage = "modal"
	Trading      Stage = "usaha_berjalan"
	Independent  Stage = "mandiri"
	Concluded    Stage = "terminasi"
	Paused       Stage = "jeda"
	LostContact  Stage = "putus_kontak"
	ReachAgain   Stage = "perlu_dijangkau_lagi"
	Withdrawn    Stage = "mengundurkan_diri"
	ReferredAway Stage = "dirujuk"
)

// Stages lists every stage in the order of the way.
func Stages() []Stage {
	return []Stage{
		Reached, Registered, Selection, Waiting, Choosing, TemuWicara, Bimtek, Capital,
		Trading, Independent, Concluded, Paused, LostContact, ReachAgain, Withdrawn, ReferredAway,
	}
}

// ParseStage reads a stage's name; an unknown one is an error.
func ParseStage(s string) (Stage, error) {
	stage := Stage(strings.ToLower(strings.TrimSpace(s)))
	if !slices.Contains(Stages(), stage) {
		return "", fmt.Errorf("unknown stage %q", s)
	}
	return stage, nil
}

// Participant is a woman who is accompanied. She is a random code and an alias of her
// choice; there is no field for a name, a number or an address, and none may be added.
type Participant struct {
	Code          string
	Alias         string
	Lang          string // the language she is spoken to in; empty for the usual one
	Stage         Stage
	Companion     string     // the person id of her companion
	Second        string     // who stands in for her companion; empty for nobody
	Concentration string     // tata_boga, dagang, salon, ...; empty when not chosen
	LastSeen      Date       // the latest visit on record; zero when never
	Since         Date       // the day on which she came to her stage; empty when she is not on record yet
	Added         Date       // the day on which she was put on record; likewise
	Agreed        ConsentWay // how she agreed to be accompanied when she was registered; empty when she was not asked yet
}

// LogValue keeps the alias out of every log.
func (p Participant) LogValue() slog.Value { return slog.StringValue(p.Code) }
