package program

import (
	"fmt"
	"strings"
	"time"
)

// Purpose is one thing that a participant can agree to, apart from every other (UU 27/2022
// Ps. 22: purposes that cannot be told apart make the consent void).
type Purpose string

// The purposes (program.md 2.1, Persetujuan).
const (
	Accompaniment Purpose = "pendampingan"
	ChatReminders Purpose = "pengingat_chat"
	CapitalData   Purpose = "data_modal"
	FunctionScale Purpose = "skala_keberfungsian"
	AnonymousSums Purpose = "angka_anonim"
	GuestVisit    Purpose = "kunjungan_tamu" // for one visit
	AbroadStorage Purpose = "penyimpanan_luar_negeri"
)

// Purposes lists every purpose in the order in which guides present them.
func Purposes() []Purpose {
	return []Purpose{Accompaniment, ChatReminders, AbroadStorage, CapitalData, FunctionScale, AnonymousSums, GuestVisit}
}

// ConsentStatus is what she answered.
type ConsentStatus string

// The answers.
const (
	Given   ConsentStatus = "diberikan"
	Refused ConsentStatus = "ditolak"
	Revoked ConsentStatus = "ditarik"
)

// ConsentWay is how she answered.
type ConsentWay string

// The ways.
const (
	ByButton  ConsentWay = "tombol_peserta"
	Witnessed ConsentWay = "lisan_disaksikan"
	OnPaper   ConsentWay = "kertas"
)

// ParseAgreed reads how a participant agreed to be accompanied when she was registered: "kertas",
// which is also what nothing means, "lisan", or "belum" when she is still to be asked.
func ParseAgreed(s string) (ConsentWay, error) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "kertas", "paper":
		return OnPaper, nil
	case "lisan", "spoken":
		return Witnessed, nil
	case "belum", "not yet":
		return "", nil
	}
	return "", fmt.Errorf("unknown consent %q: use kertas, lisan, belum", s)
}

// Consent is her answer about one purpose, with the proof of what she was shown.
type Consent struct {
	ID          string // derived from the turn
	Participant string // her code
	Purpose     Purpose
	Status      ConsentStatus
	Way         ConsentWay
	Version     string // of the text
	Hash        string // hex SHA-256 of the text as it was shown
	At          time.Time
	Recorder    string // person id; her own code when she pressed the button
	Until       Date   // the last day on which it holds
}

// ConsentLife is how many months a consent holds; GuestConsentLife, how many days that for one
// guest's visit does (safety.md 3.7, program.md 2.1).
const (
	ConsentLife      = 12
	GuestConsentLife = 7
)

// ConsentUntil is the last day on which a consent that is given today holds.
func ConsentUntil(p Purpose, today Date) Date {
	if p == GuestVisit {
		return today.AddDays(GuestConsentLife)
	}
	t := today.Time(time.UTC)
	return DateOf(t.AddDate(0, ConsentLife, 0))
}

// VisitUntil is the last day on which a consent to one guest's visit holds that is given today: the
// day of the visit, unless that is farther away than such a consent reaches.
func VisitUntil(today, visit Date) Date {
	if until := ConsentUntil(GuestVisit, today); visit == "" || until < visit {
		return until
	}
	return visit
}

// GuestNotice is how many days before a guest's visit she is asked about it on her phone, at least:
// who does not answer has said no (program.md row 132).
const GuestNotice = 3

// Holds reports whether it allows anything on a day.
func (c Consent) Holds(on Date) bool { return c.Status == Given && on <= c.Until }

// Consents are those in force, of one participant.
type Consents []Consent

// Allow reports whether she has agreed to a purpose, on a day.
func (all Consents) Allow(p Purpose, on Date) bool {
	c, ok := all.Of(p)
	return ok && c.Holds(on)
}

// Of finds her answer about a purpose.
func (all Consents) Of(p Purpose) (Consent, bool) {
	for _, c := range all {
		if c.Purpose == p {
			return c, true
		}
	}
	return Consent{}, false
}

// AllowChat reports whether anything may be sent to her that she has not asked for: she has agreed
// to reminders, and to their way through servers abroad (UU 27/2022 Ps. 56).
func (all Consents) AllowChat(on Date) bool {
	return all.Allow(ChatReminders, on) && all.Allow(AbroadStorage, on)
}
