package fiction

import (
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// session is a session of the demo.
type session struct {
	kind    program.SessionKind
	begins  time.Time
	planned int // how many days ago
	held    bool
	invited func(w *woman) bool
}

// sessions are two of last week, one of this week if it has begun long enough, and two to come.
func (g *seeder) sessions() []session {
	monday, location := program.DateOf(g.today).WeekStart(), g.today.Location()
	on := func(d program.Date, hour int) time.Time { return d.Time(location).Add(time.Duration(hour) * time.Hour) }
	some := func(part int) func(w *woman) bool {
		return func(w *woman) bool {
			i := 0
			for n := range g.women {
				if g.women[n].code == w.code {
					i = n
				}
			}
			return w.trades() && (w.alias == melati || i%2 == part)
		}
	}
	learning := func(w *woman) bool { return w.stage == program.Bimtek || w.stage == program.Capital }
	dialogue := func(w *woman) bool { return w.stage == program.TemuWicara || w.stage == program.Bimtek }
	all := []session{
		{program.Training, on(monday.AddDays(-6), 9), 20, true, learning},
		{program.HealthTalk, on(monday.AddDays(-4), 13), 20, true, some(1)},
		{program.Dialogue, on(program.DateOf(g.today).AddDays(-12), 9), 24, true, dialogue},
	}
	if g.sinceMonday() > 0 {
		all = append(all, session{program.Routine, on(program.DateOf(g.today).AddDays(-1), 13), 10, true, some(0)})
	}
	return append(all,
		session{program.Routine, on(program.DateOf(g.today).AddDays(4), 9), 4, false, some(1)},
		session{program.Training, on(monday.AddDays(7+2), 9), 4, false, learning},
	)
}

// meetings makes sessions up: planned and announced, some of them held. Everybody has heard of them.
func (g *seeder) meetings() error {
	var lives []life
	all := g.sessions()
	for _, s := range all {
		kind, begins := string(s.kind), s.begins.Format(program.AnswerTime)
		l := life{m: program.Matter{Kind: program.Session, Owner: Wati, Day: program.DateOf(s.begins)}, steps: []step{
			{
				flow: "kegiatan", status: "rencana", by: Wati, at: g.at(s.planned, 9),
				said: map[string]any{"jenis": kind, "mulai": begins, "tempat": "biasa", "pengulangan": "sekali"},
				fields: program.Fields{
					"jenis": {kind}, "mulai": {begins}, "tempat": {"biasa"}, "pengulangan": {"sekali"}, "sebutan": {s.kind.Called()}, "bidang": {s.kind.Field()},
				},
			},
			{status: "diumumkan", by: Wati, at: g.at(s.planned, 10)},
		}}
		if s.kind == program.Training {
			l.steps[0].said["konsentrasi"], l.steps[0].fields["konsentrasi"] = "semua", []string{"semua"}
		}
		if s.held {
			over := s.begins.Add(3 * time.Hour)
			l.steps = append(l.steps, step{flow: "kegiatan_tutup", status: "selesai", by: Wati, at: over, said: map[string]any{}})
		}
		lives = append(lives, l)
	}
	if err := g.live(lives); err != nil {
		return err
	}
	var plan turn.Plan
	for i, s := range all {
		g.places(&plan, lives[i].m, s)
	}
	return g.commit(plan)
}

// places are who is invited to a session, what she answered, and whether she came. Melati has not
// answered yet.
func (g *seeder) places(plan *turn.Plan, m program.Matter, s session) {
	n := 0
	for i := range g.women {
		w := &g.women[i]
		if !s.invited(w) || w.alias == unseen || w.alias == busy {
			continue
		}
		n++
		a := program.Attendance{Session: m.ID, Participant: w.code, InvitedAt: g.at(s.planned, 11), Reply: program.WillCome, RepliedAt: g.at(s.planned-1, 11)}
		heard := a.InvitedAt.Add(time.Hour)
		switch {
		case s.held:
			a.Came, heard = program.Present, m.ChangedAt.Add(time.Hour)
			if n%6 == 5 {
				a.Came = program.Excused
			}
			if s.kind == program.Training && a.WasThere() {
				a.Outcome = "selesai"
			}
		case w.alias == melati:
			a.Reply, a.RepliedAt = program.NotReplied, time.Time{}
		case n%5 == 4:
			a.Reply = program.MayCome
		}
		plan.Way.Attended = append(plan.Way.Attended, a)
		plan.Reminding.Heard = append(plan.Reminding.Heard, turn.Heard{Session: m.ID, Participant: w.code, Begins: s.begins, At: heard})
	}
}
