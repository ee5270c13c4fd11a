package telegram

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// What an update can lack.
var (
	errNoID   = errors.New("no update_id")
	errNoChat = errors.New("no chat")
)

// Decode reads from an update what the house needs and steps over the rest. It is written by
// hand because every update passes here and the library's models decode all of Telegram:
// BenchmarkDecode has both. An update of a sort that the bot has no use for is turn.Other;
// an error means bytes that no version of this function will understand.
func Decode(row turn.Row) (turn.Update, error) {
	var p parsed
	s := scanner{b: row.Body}
	p.update(&s)
	if s.err != nil {
		return turn.Update{}, fmt.Errorf("decode update: %w", s.err)
	}
	if !p.hasID {
		return turn.Update{}, fmt.Errorf("decode update: %w", errNoID)
	}
	u := turn.Update{Row: row.Seq, ID: p.id, At: row.At, Attempts: row.Attempts}
	if err := p.fill(&u); err != nil {
		return turn.Update{}, fmt.Errorf("decode update: %w", err)
	}
	return u, nil
}

// parsed is an update as it stands, before it is judged.
type parsed struct {
	id    int64
	hasID bool
	kind  part
	msg   message
	press press
	lang  text
	first text // her first name
}

// part is the field of the update that says what it is about.
type part uint8

const (
	nothing part = iota
	written
	edited
	posted
	pressed
	member
)

// message is what counts about a message.
type message struct {
	chat    chat
	id      int64
	date    int64
	text    text
	content bool // something besides text, or not of the person's own writing
}

// chat is what counts about a chat.
type chat struct {
	id   int64
	kind text
	set  bool
}

// press is what counts about a pressed button.
type press struct {
	id   text
	data text
	from bool // it came from under a message
}

// update reads the outermost object.
func (p *parsed) update(s *scanner) {
	if s.peek() != '{' {
		s.fail(errShape)
		return
	}
	s.i++
	for first := true; ; {
		key, more := s.field(&first)
		if !more {
			break
		}
		switch string(key) {
		case "update_id":
			p.hasID = s.peek() != 'n'
			p.id = s.int()
		case "message":
			p.read(s, written)
		case "edited_message":
			p.read(s, edited)
		case "channel_post", "edited_channel_post":
			p.read(s, posted)
		case "callback_query":
			p.callback(s)
		case "my_chat_member":
			p.membership(s)
		default:
			s.skip()
		}
	}
	s.end()
}

// read reads the update's message.
func (p *parsed) read(s *scanner, kind part) {
	p.msg, p.lang = message{}, text{}
	if s.object() {
		p.kind = kind
		p.message(s, true)
	}
}

// message reads a message that was entered; own says whether its sender is the one who acts.
func (p *parsed) message(s *scanner, own bool) {
	m := &p.msg
	for first := true; ; {
		key, more := s.field(&first)
		if !more {
			return
		}
		switch string(key) {
		case "message_id":
			m.id = s.int()
		case "date":
			m.date = s.int()
		case "chat":
			m.chat = readChat(s)
		case "from":
			if own {
				p.lang, p.first = readWho(s)
			} else {
				s.skip()
			}
		case "text":
			m.text = s.text()
		case "animation", "audio", "document", "paid_media", "photo", "live_photo", "sticker", "story",
			"video", "video_note", "voice", "caption", "checklist", "contact", "dice", "game", "poll",
			"venue", "location", "invoice", "users_shared", "chat_shared", "passport_data", "web_app_data",
			"media_group_id", "forward_origin", "forward_from", "forward_from_chat", "forward_sender_name",
			"forward_date", "via_bot":
			if s.present() {
				m.content = true
			}
		default:
			s.skip()
		}
	}
}

// callback reads a pressed button.
func (p *parsed) callback(s *scanner) {
	p.msg, p.lang, p.press = message{}, text{}, press{}
	if !s.object() {
		return
	}
	p.kind = pressed
	for first := true; ; {
		key, more := s.field(&first)
		if !more {
			return
		}
		switch string(key) {
		case "id":
			p.press.id = s.text()
		case "data":
			p.press.data = s.text()
		case "from":
			p.lang = readLang(s)
		case "message":
			p.msg, p.press.from = message{}, false
			if s.object() {
				p.press.from = true
				p.message(s, false)
			}
		default:
			s.skip()
		}
	}
}

// membership reads what the bot itself has become in a chat.
func (p *parsed) membership(s *scanner) {
	p.msg, p.lang = message{}, text{}
	if !s.object() {
		return
	}
	p.kind = member
	for first := true; ; {
		key, more := s.field(&first)
		if !more {
			return
		}
		switch string(key) {
		case "chat":
			p.msg.chat = readChat(s)
		case "date":
			p.msg.date = s.int()
		case "from":
			p.lang = readLang(s)
		case "new_chat_member":
			p.msg.text = readOne(s, "status")
		default:
			s.skip()
		}
	}
}

// readChat reads a chat's id and kind.
func readChat(s *scanner) chat {
	var c chat
	if !s.object() {
		return c
	}
	for first := true; ; {
		key, more := s.field(&first)
		if !more {
			return c
		}
		switch string(key) {
		case "id":
			c.set = s.peek() != 'n'
			c.id = s.int()
		case "type":
			c.kind = s.text()
		default:
			s.skip()
		}
	}
}

// readLang reads a person's language and nothing else about her.
func readLang(s *scanner) text { return readOne(s, "language_code") }

// readWho reads a person's language, and the first name that her alias must not be.
func readWho(s *scanner) (lang, first text) {
	if !s.object() {
		return lang, first
	}
	for begin := true; ; {
		key, more := s.field(&begin)
		if !more {
			return lang, first
		}
		switch string(key) {
		case "language_code":
			lang = s.text()
		case "first_name":
			first = s.text()
		default:
			s.skip()
		}
	}
}

// readOne reads one text out of an object.
func readOne(s *scanner, name string) text {
	var t text
	if !s.object() {
		return t
	}
	for first := true; ; {
		key, more := s.field(&first)
		if !more {
			return t
		}
		if string(key) == name {
			t = s.text()
		} else {
			s.skip()
		}
	}
}

// fill judges what was read.
func (p *parsed) fill(u *turn.Update) error {
	if p.kind == nothing || p.kind == pressed && !p.press.from {
		return nil // of no use to the bot, like a button under somebody else's message
	}
	if !p.msg.chat.set || !p.msg.chat.kind.set {
		return errNoChat
	}
	u.Chat, u.Message = p.msg.chat.id, int(p.msg.id)
	if p.msg.date > 0 && p.kind != pressed { // a button's message is older than its press
		u.At = time.Unix(p.msg.date, 0).UTC()
	}
	if p.kind == pressed {
		u.Callback = p.press.id.String()
	}
	if p.kind == posted || !p.msg.chat.kind.is("private") {
		u.Kind = p.group()
		return nil
	}
	u.Lang = p.lang.short()
	switch p.kind {
	case nothing, posted: // dealt with above
	case written:
		u.Kind = p.msg.kind()
		if u.Kind == turn.Text {
			u.Text = p.msg.text.String()
		}
		if strings.HasPrefix(u.Text, "/start ") {
			u.First = p.first.String()
		}
	case edited:
		u.Kind, u.Text = turn.Edited, p.msg.text.String()
	case pressed:
		u.Kind, u.Data = turn.Press, p.press.data.String()
	case member:
		u.Kind = p.reach()
	}
	return nil
}

// group is turn.Group, but for the news that the bot is out of one already.
func (p *parsed) group() turn.Kind {
	if p.kind == member && (p.msg.text.is("left") || p.msg.text.is("kicked")) {
		return turn.Other
	}
	return turn.Group
}

// reach says whether the person let the bot in or out.
func (p *parsed) reach() turn.Kind {
	switch {
	case p.msg.text.is("kicked"):
		return turn.Blocked
	case p.msg.text.is("member"):
		return turn.Unblocked
	default:
		return turn.Other
	}
}

// kind tells written text from what is not accepted, and both from Telegram's own notes
// about the chat (a pinned message, a changed timer), which nobody has to answer.
func (m *message) kind() turn.Kind {
	switch {
	case m.content:
		return turn.Unsupported
	case m.text.set:
		return turn.Text
	default:
		return turn.Other
	}
}

// short is String without an allocation for the languages that the bot speaks.
func (t text) short() string {
	switch string(t.raw) {
	case "":
		return ""
	case "id":
		return "id"
	case "en":
		return "en"
	default:
		return t.String()
	}
}
