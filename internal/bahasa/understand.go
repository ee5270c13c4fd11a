package bahasa

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// MaxCount is the largest count Understand accepts.
const MaxCount = 500

// Understand reads text as one kind of answer and returns one line: the value,
// "CONFIRM:value", "ASK:value|value", "ASK:day..day", "REJECT:reason" or
// "NONE". Kinds are amount, date_past, date_future, time, datetime_future,
// yesno, command, attendance, count and scale; another kind is an error. now
// must be in the institution's zone. Amounts have the limits of OmzetLimits,
// counts go to MaxCount, scales from 1 to 5.
func Understand(kind, text string, now time.Time) (string, error) {
	switch kind {
	case "amount":
		return render(Amount(text, OmzetLimits()), formatInt), nil
	case "date_past":
		return render(DatePast(text, now), Date.String), nil
	case "date_future":
		return render(DateFuture(text, now), Date.String), nil
	case "time":
		return render(Time(text), Clock.String), nil
	case "datetime_future":
		return render(DateTimeFuture(text, now), DateTime.String), nil
	case "yesno":
		return render(YesNo(text), YesNoAnswer.String), nil
	case "command":
		if c, ok := ReadCommand(text); ok {
			return c.String(), nil
		}
		return "NONE", nil
	case "attendance":
		return render(ReadAttendance(text), Attendance.String), nil
	case "count":
		return render(Count(text, MaxCount), formatInt), nil
	case "scale":
		return render(Scale(text, 1, 5), formatInt), nil
	}
	return "", fmt.Errorf("bahasa: no kind of answer is called %q", kind)
}

func formatInt(n int64) string { return strconv.FormatInt(n, 10) }

// render writes a result as one line.
func render[T any](r Result[T], format func(T) string) string {
	switch r.Sure {
	case None:
		return "NONE"
	case Reject:
		return "REJECT:" + r.Reason
	}
	var b strings.Builder
	for i, v := range r.Values {
		switch {
		case i > 0 && r.Range && i == len(r.Values)-1:
			b.WriteString("..")
		case i > 0:
			b.WriteByte('|')
		}
		b.WriteString(format(v))
	}
	switch {
	case r.Sure == Confirm:
		return "CONFIRM:" + b.String()
	case r.Sure == Ask && b.Len() == 0:
		return "ASK"
	case r.Sure == Ask:
		return "ASK:" + b.String()
	}
	return b.String()
}
