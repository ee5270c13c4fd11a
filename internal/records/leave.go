package records

import (
	"context"
	"fmt"

	"github.com/dampingi/dampingi/internal/turn"
)

const (
	sqlLetGo   = `DELETE FROM chat WHERE owner = $1`
	sqlSilence = `DELETE FROM outbox WHERE chat IN (SELECT key FROM chat WHERE owner = $1)`
	// The conversation takes out of the chat what stands there; it is told of it by a deadline.
	sqlLeaves = `INSERT INTO deadline (chat, kind, sealed, at) SELECT key, 'left.' || owner, sealed, $2 FROM chat WHERE owner = $1
		ON CONFLICT (chat, kind) DO UPDATE SET at = excluded.at`
)

// bindOwner makes the chat somebody's only one; nobody can take another's. Her earlier one, of a
// phone that may be lost, is told nothing more.
func bindOwner(c *conn, chat sealedChat, person string, at int64) error {
	owner := ""
	if err := c.query(sqlOwner, func(r row) error { owner = r.str(0); return nil }, chat.key); err != nil {
		return err
	}
	if owner == person {
		return nil
	}
	if owner != "" {
		return turn.ErrTaken
	}
	if err := letGo(c, person, at); err != nil {
		return err
	}
	_, err := c.exec(sqlBindChat, chat.key, person, chat.sealed, at)
	return err
}

// letGo lets go of somebody's chat and of what waits for it, and has what stands there taken out.
func letGo(c *conn, person string, at int64) error {
	if _, err := c.exec(sqlLeaves, person, at); err != nil {
		return err
	}
	for _, text := range []string{sqlSilence, sqlLetGo} {
		if _, err := c.exec(text, person); err != nil {
			return err
		}
	}
	return nil
}

// Unbind cuts the tie to somebody's chat at once and voids an unused invitation, for a phone
// that was lost or a person who has left (safety.md 3.5 rule 11). Afterwards the chat is a
// stranger's; messages that still wait for it are taken out of the outbox.
func (s *Store) Unbind(ctx context.Context, person string) error {
	at := s.now().UnixMilli()
	if err := s.write(ctx, func(c *conn) error { return cut(c, person, at) }); err != nil {
		return fmt.Errorf("unbind %s: %w", person, err)
	}
	return nil
}

// cut lets go of somebody's chat, of what waits for it, and of an unused invitation.
func cut(c *conn, person string, at int64) error {
	if err := letGo(c, person, at); err != nil {
		return err
	}
	_, err := c.exec(sqlVoidInvitation, person, "")
	return err
}
