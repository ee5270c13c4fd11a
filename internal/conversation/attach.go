package conversation

import (
	"errors"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// Pictures and files come beside the card to whoever has just asked for them. They say in one look
// what a card tells behind a tap, so they cannot be passed on, and go with what they belong to: when
// the card is closed, and at the latest when it would be covered. What has not arrived by then is not
// sent any more.

const (
	dueAttached = "attached" // the deadline at which they are taken out

	attachedSoon = 5 * time.Minute  // within which one is sent, or not at all
	attachedFor  = notesOpen        // for which it stands
	attachedLook = 20 * time.Second // after closing, for one that was just on its way
)

// errHers says that a picture or a file was meant for a participant, who gets none.
var errHers = errors.New("a participant is sent no pictures and no files")

// sendPicture sends her a picture, a PNG with a caption of hers (Telegram's HTML). Whether she may see
// it is for the caller to look up. More than turn.MostAttached bytes are refused with turn.ErrAttached,
// and so is nothing; none goes to a participant.
func (v *visit) sendPicture(name, caption string, png []byte) error {
	return v.attach(turn.Message{Form: turn.Picture, Text: caption, Attached: &turn.Attached{Name: name, Data: png}})
}

// sendFile sends her a file, on the same terms as sendPicture.
func (v *visit) sendFile(name string, data []byte) error {
	return v.attach(turn.Message{Form: turn.Document, Attached: &turn.Attached{Name: name, Data: data}})
}

// attach plans a message that brings something.
func (v *visit) attach(m turn.Message) error {
	if !v.person.Role.Staff() {
		return fmt.Errorf("%w: %w", turn.ErrBroken, errHers)
	}
	m.Protect, m.Until = true, v.u.At.Add(attachedSoon)
	if err := m.Check(); err != nil {
		return fmt.Errorf("send %s: %w", m.Attached.Name, err)
	}
	v.plan.Messages = append(v.plan.Messages, m)
	v.m.Attached = v.u.At.Unix()
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueAttached, At: v.u.At.Add(attachedFor)})
	return nil
}

// holdBack holds back what has not arrived yet, and looks again after what was just on its way.
func (v *visit) holdBack() {
	if v.m.Attached == 0 {
		return
	}
	v.plan.Withdrawn = append(v.plan.Withdrawn, v.u.Chat)
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueAttached, At: v.u.At.Add(attachedLook)})
}

// attachedDue takes pictures and files out of her chat, and looks once more when none can be on its way
// any longer.
func (v *visit) attachedDue() error {
	v.settle()
	if last := time.Unix(v.m.Attached, 0).Add(attachedSoon + time.Minute); v.u.At.Before(last) {
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueAttached, At: last})
	} else {
		v.m.Attached = 0
	}
	v.plan.Withdrawn = append(v.plan.Withdrawn, v.u.Chat)
	return v.removeAll(v.u.Chat, v.person.ID, func(t turn.Trace, _ int) bool { return t.Attached })
}
