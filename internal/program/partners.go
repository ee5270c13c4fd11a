package program

import (
	"slices"
	"time"
)

// PartnerPatience is after how many days without news a partner should be heard of again
// (program.md 2.7, N13).
const PartnerPatience = 30

// partnerHour is the hour of the day at which a partner's next step is due.
const partnerHour = 9

// PartnerDue is by when a partner should be heard of: on the day that was agreed on, or when there was
// no news for long; never when the cooperation has come to its end.
func PartnerDue(status string, agreed Date, now time.Time) time.Time {
	if status == "selesai" || status == "tidak_lanjut" {
		return time.Time{}
	}
	if agreed == "" {
		agreed = DateOf(now).AddDays(PartnerPatience)
	}
	day := agreed.Time(now.Location())
	if day.IsZero() {
		return day
	}
	return day.Add(partnerHour * time.Hour)
}

// PartnerActive reports whether something has been agreed on with a partner, and goes on.
func PartnerActive(status string) bool { return status == "sepakat" || status == "berjalan" }

// PartnerField reports whether a role may see what is known of a partner under a name (program.md
// 2.1 and 2.4): in which trade a partner is, is for the chair and the secretary alone; what it gives,
// for the treasurer too; others know who it is, and of which kind.
func PartnerField(role Role, field string) bool {
	switch role {
	case Chair, Secretary:
		return true
	case Treasurer:
		return slices.Contains([]string{"nama", "jenis", "bentuk", "cara", "nilai"}, field)
	case Coordinator, Companion:
		return field == "nama" || field == "jenis"
	case Beneficiary:
	}
	return false
}
