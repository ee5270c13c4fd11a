package turn

import (
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// WeekSeen is that somebody has opened the digest of a week.
type WeekSeen struct {
	Week   program.Date // its Monday
	Person string
	At     time.Time
	Asked  bool // she has the staff asked about a week of which nothing was written
}
