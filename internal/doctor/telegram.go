package doctor

import (
	"net"
	"slices"
	"strings"
	"time"
)

// Limits of the way to Telegram.
const (
	clockDoubt  = 5 * time.Second // reminders come that much too early or too late
	clockWrong  = time.Minute     // codes and deadlines do not hold any more
	hookLately  = time.Hour       // a failure that may go on
	hookMany    = 50              // updates that wait, more than a busy minute has
	rivalLately = 2 * time.Minute // a conflict that may go on
	saysMost    = 120             // letters of what Telegram says
)

func version(f Facts) []finding { return one(Good, "good", args{"Version": f.Version}) }

func settings(f Facts) []finding {
	switch s := f.Settings; {
	case s == nil:
		return one(Good, "none", nil)
	case s.Mode.Perm()&0o007 != 0:
		return one(Wrong, "exposed", args{"File": s.Path})
	case s.Mode.Perm()&0o070 != 0:
		return one(Doubt, "group", args{"File": s.Path})
	default:
		return one(Good, "good", args{"File": s.Path})
	}
}

func zone(f Facts) []finding {
	about := args{"Zone": f.Zone}
	if slices.Contains([]string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Pontianak"}, f.Zone) {
		return one(Good, "good", about)
	}
	if _, err := time.LoadLocation(f.Zone); err != nil {
		return one(Wrong, "unknown", about)
	}
	return one(Doubt, "abroad", about)
}

func token(f Facts) []finding {
	if f.Token.Trouble != "" {
		return one(Wrong, f.Token.Trouble, nil)
	}
	var found []finding
	if t := f.Telegram; t != nil && t.Trouble != "" {
		found = one(Wrong, t.Trouble, nil)
	}
	if file := f.Token.File; file != nil && file.Mode.Perm()&0o007 != 0 {
		found = append(found, finding{Wrong, "exposed", args{"File": file.Path}})
	}
	if f.Telegram == nil && len(found) == 0 {
		return one(Good, "unasked", nil)
	}
	return orGood(found, nil)
}

func name(f Facts) []finding {
	t := f.Telegram
	if t == nil || t.Trouble != "" {
		return nil
	}
	var found []finding
	if t.BadName {
		found = append(found, finding{Wrong, "forbidden", nil})
	}
	if t.Groups {
		found = append(found, finding{Doubt, "groups", nil})
	}
	return orGood(found, nil)
}

func clock(f Facts) []finding {
	t := f.Telegram
	if t == nil || !t.Dated {
		return nil
	}
	about := args{"Seconds": int(t.Ahead.Abs().Round(time.Second) / time.Second)}
	code := "ahead"
	if t.Ahead < 0 {
		code = "behind"
	}
	switch off := t.Ahead.Abs(); {
	case off > clockWrong:
		return one(Wrong, code, about)
	case off > clockDoubt:
		return one(Doubt, code, about)
	}
	return one(Good, "good", nil)
}

func webhook(f Facts) []finding {
	var found []finding
	if f.Webhook.URL != "" && !f.Webhook.Plain && !strings.HasPrefix(f.Webhook.URL, "https://") {
		found = append(found, finding{Wrong, "https", nil})
	}
	if f.Webhook.URL != "" && !f.Webhook.Secret {
		found = append(found, finding{Wrong, "secret", nil})
	}
	t := f.Telegram
	if t == nil || t.Trouble != "" {
		return found
	}
	switch {
	case f.Webhook.URL == "" && t.HookURL == "":
		if t.Waiting > hookMany && f.Service.Running {
			return one(Doubt, "waiting", args{"Count": t.Waiting})
		}
		return one(Good, "polling", nil)
	case f.Webhook.URL == "" && f.Service.Running: // serving takes it away, so somebody has put it there since
		found = append(found, finding{Wrong, "foreign", nil})
	case f.Webhook.URL == "":
		found = append(found, finding{Doubt, "left", nil})
	case t.HookURL == "":
		found = append(found, finding{runs(f), "unregistered", nil})
	case t.HookURL != f.Webhook.URL:
		found = append(found, finding{runs(f), "other", nil})
	}
	if !t.Failed.IsZero() && f.Now.Sub(t.Failed) < hookLately && f.Webhook.URL != "" {
		found = append(found, finding{Wrong, "failing", args{"Why": short(t.Why)}})
	}
	if t.Waiting > hookMany {
		found = append(found, finding{Doubt, "waiting", args{"Count": t.Waiting}})
	}
	return orGood(found, nil)
}

// runs is how bad it is that something is not as a bot that serves would have it.
func runs(f Facts) Mark {
	if f.Service.Running {
		return Wrong
	}
	return Doubt
}

// short is what somebody else says, on one line and cut.
func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if letters := []rune(text); len(letters) > saysMost {
		return string(letters[:saysMost]) + "…"
	}
	return text
}

func rival(f Facts) []finding {
	switch {
	case !f.Service.Conflict.IsZero() && f.Now.Sub(f.Service.Conflict) < rivalLately, f.Rival != nil && f.Rival.There:
		return one(Wrong, "there", nil)
	case f.Rival != nil && f.Rival.Unknown:
		return one(Doubt, "unknown", nil)
	case f.Rival != nil || f.Service.Running && f.Webhook.URL == "":
		return one(Good, "good", nil)
	}
	return nil
}

func service(f Facts) []finding {
	switch {
	case !f.Service.Running:
		return one(Doubt, "stopped", nil)
	case f.Service.Deaf:
		return one(Doubt, "deaf", args{"Listen": f.Listen})
	case !f.Service.Ready:
		return one(Wrong, "unready", nil)
	}
	return one(Good, "good", nil)
}

func listen(f Facts) []finding {
	host, _, err := net.SplitHostPort(f.Listen)
	if err != nil {
		return one(Wrong, "unreadable", args{"Listen": f.Listen})
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() || f.Webhook.URL != "" {
		return one(Good, "good", args{"Listen": f.Listen})
	}
	return one(Doubt, "open", args{"Listen": f.Listen})
}
