package simulator

import (
	"encoding/json"
	"errors"
	"slices"
	"time"
)

// deletable is how long a message can be removed for everyone.
const deletable = 48 * time.Hour

// edit changes a message of the bot: change works on a copy of it.
func (s *Server) edit(c *call, change func(*Message) error) error {
	chat, err := s.chatOf(c.params)
	if err != nil {
		return err
	}
	id := int(c.int("message_id"))
	if id <= 0 {
		return errMessageID
	}
	chat.mu.Lock()
	defer chat.mu.Unlock()
	if err := s.writable(chat); err != nil {
		return err
	}
	old := chat.message(id)
	switch {
	case old == nil:
		return errEditNotFound
	case old.From.ID != s.me.ID:
		return errCantEdit
	}
	edited := *old
	if err := change(&edited); err != nil {
		return err
	}
	if sameMessage(old, &edited) {
		return errNotModified
	}
	if edited.Arrived == "" {
		edited.Arrived = old.Text
	}
	edited.EditDate = s.clock.Now().Unix()
	s.replace(chat, &edited)
	c.out = appendMessage(c.out, &edited)
	return nil
}

// sameMessage says whether an edit would change nothing.
func sameMessage(a, b *Message) bool {
	return a.Text == b.Text && slices.Equal(a.Entities, b.Entities) &&
		a.Caption == b.Caption && slices.Equal(a.CaptionEntities, b.CaptionEntities) &&
		sameKeyboard(a.ReplyMarkup, b.ReplyMarkup) &&
		slices.Equal(a.Photo, b.Photo) && a.Document == b.Document
}

// editMessageText changes text and keyboard.
func (s *Server) editMessageText(c *call) error {
	got, err := s.textContent(c)
	if err != nil {
		return err
	}
	return s.edit(c, func(m *Message) error {
		if m.hasMedia() {
			return errNoTextToEdit
		}
		m.Text, m.Entities, m.ReplyMarkup = got.text, got.entities, got.inline
		return nil
	})
}

// editMessageCaption changes the caption of a picture or document.
func (s *Server) editMessageCaption(c *call) error {
	got, err := s.content(c, "caption", "caption_entities", maxCaption, errCaptionTooLong)
	if err != nil {
		return err
	}
	return s.edit(c, func(m *Message) error {
		if !m.hasMedia() {
			return errNoCaptionToEdit
		}
		m.Caption, m.CaptionEntities, m.ReplyMarkup = got.text, got.entities, got.inline
		return nil
	})
}

// editMessageMedia puts another picture or document in a message's place.
func (s *Server) editMessageMedia(c *call) error {
	var item inputMedia
	if err := json.Unmarshal(c.object("media"), &item); err != nil {
		return badRequest("can't parse input media JSON object")
	}
	fresh, err := s.mediaMessage(c, item)
	if err != nil {
		return err
	}
	inline, _, err := parseMarkup(c.object("reply_markup"))
	if err != nil {
		return err
	}
	return s.edit(c, func(m *Message) error {
		if !m.hasMedia() {
			return errNoMediaToEdit
		}
		m.Photo, m.Document, m.ReplyMarkup = fresh.Photo, fresh.Document, inline
		m.Caption, m.CaptionEntities = fresh.Caption, fresh.CaptionEntities
		return nil
	})
}

// editMessageReplyMarkup changes only the keyboard.
func (s *Server) editMessageReplyMarkup(c *call) error {
	inline, _, err := parseMarkup(c.object("reply_markup"))
	if err != nil {
		return err
	}
	return s.edit(c, func(m *Message) error {
		m.ReplyMarkup = inline
		return nil
	})
}

// deleteMessage removes one message.
func (s *Server) deleteMessage(c *call) error {
	id := int(c.int("message_id"))
	chat, err := s.chatOf(c.params)
	if err != nil {
		return err
	}
	if id <= 0 {
		return errMessageID
	}
	chat.mu.Lock()
	defer chat.mu.Unlock()
	if err := s.remove(chat, id); err != nil {
		return err
	}
	return s.yes(c)
}

// remove removes a message for everyone; the chat is locked.
func (s *Server) remove(chat *chat, id int) error {
	m := chat.message(id)
	switch {
	case m == nil:
		return errDeleteNotFound
	case chat.id < 0 && m.From.ID != s.me.ID:
		return errCantDelete // the bot is no administrator
	case s.clock.Now().Sub(time.Unix(m.Date, 0)) > deletable:
		return errCantDeleteAll
	}
	gone := *m
	gone.Deleted = true
	s.replace(chat, &gone)
	return nil
}

// deleteMessages removes several messages and skips those it cannot find.
func (s *Server) deleteMessages(c *call) error {
	chat, err := s.chatOf(c.params)
	if err != nil {
		return err
	}
	var ids []int
	if err := json.Unmarshal(c.object("message_ids"), &ids); err != nil {
		return badRequest("can't parse message identifiers JSON array")
	}
	switch {
	case len(ids) == 0:
		return badRequest("message identifiers are not specified")
	case len(ids) > 100:
		return badRequest("too many message identifiers specified")
	}
	chat.mu.Lock()
	defer chat.mu.Unlock()
	for _, id := range ids {
		if err := s.remove(chat, id); err != nil && !errors.Is(err, errDeleteNotFound) {
			return err
		}
	}
	return s.yes(c)
}
