package simulator

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The people's side: what a person can do with her phone.
var (
	// ErrNoChat says that nobody has that id.
	ErrNoChat = errors.New("no such chat")
	// ErrNoMessage says that the chat has no such message.
	ErrNoMessage = errors.New("no such message")
	// ErrUnanswered says that the bot did not answer a pressed button in time.
	ErrUnanswered = errors.New("the button was not answered")
	// ErrEmpty says that there is nothing to send.
	ErrEmpty = errors.New("nothing to send")
	// ErrTooLong says that a text is longer than a message can be.
	ErrTooLong = errors.New("text is longer than 4096 characters")
)

// Input is what a person sends: a text, or one of the others.
type Input struct {
	Text     string
	From     int64 // in a group: who speaks
	ReplyTo  int
	Forward  string // name of the person it was forwarded from
	Caption  string
	Photo    []byte
	Document *Attachment
	Voice    *Attachment
	Contact  *Contact
	Location *Location
	Sticker  string // its emoji
}

// Attachment is a file a person sends.
type Attachment struct {
	Name, MimeType string
	Duration       int
	Data           []byte
}

// Say sends a text as the person of that chat.
func (s *Server) Say(chat int64, text string) (messageID int, err error) {
	m, err := s.Send(chat, Input{Text: text})
	return m.MessageID, err
}

// Send sends anything as the person of that chat. Who had blocked the bot
// unblocks it by writing.
func (s *Server) Send(chatID int64, in Input) (Message, error) {
	chat := s.chat(chatID)
	if chat == nil {
		return Message{}, fmt.Errorf("chat %d: %w", chatID, ErrNoChat)
	}
	m, err := s.compose(in)
	if err != nil {
		return Message{}, err
	}
	chat.mu.Lock()
	defer chat.mu.Unlock()
	if chat.state == deactivated {
		return Message{}, fmt.Errorf("chat %d is deactivated: %w", chatID, ErrNoChat)
	}
	if chat.state == blocked && chat.id > 0 {
		s.setState(chat, member, "member")
	}
	chat.state = member
	m.From = chat.speaker(s, in.From)
	if in.ReplyTo != 0 {
		if to := chat.message(in.ReplyTo); to != nil {
			flat := *to
			flat.ReplyToMessage = nil
			m.ReplyToMessage = &flat
		}
	}
	if in.Forward != "" {
		m.ForwardOrigin = &ForwardOrigin{Type: "hidden_user", Date: s.clock.Now().Unix(), SenderUserName: in.Forward}
	}
	s.add(chat, m)
	if s.reachesBot(chat, m) {
		s.queue.push("message", chat.id, func(b []byte) []byte { return appendMessage(b, m) })
	}
	return *m, nil
}

// compose makes the message of an input.
func (s *Server) compose(in Input) (*Message, error) {
	m := &Message{}
	text := in.Text
	switch {
	case in.Photo != nil:
		m.Photo = s.store.add("photos", "photo.jpg", "", in.Photo).photo()
		text = cmpOr(in.Caption, text)
	case in.Document != nil:
		m.Document = s.store.add("documents", in.Document.Name, in.Document.MimeType, in.Document.Data).document()
		text = cmpOr(in.Caption, text)
	case in.Voice != nil:
		file := s.store.add("voice", "voice.oga", cmpOr(in.Voice.MimeType, "audio/ogg"), in.Voice.Data)
		m.Voice = &Voice{FileID: file.id, FileUniqueID: file.unique, Duration: in.Voice.Duration, MimeType: file.mime, FileSize: len(file.data)}
	case in.Contact != nil:
		m.Contact = in.Contact
	case in.Location != nil:
		m.Location = in.Location
	case in.Sticker != "":
		file := s.store.add("stickers", "sticker.webp", "image/webp", []byte(in.Sticker))
		m.Sticker = &Sticker{FileID: file.id, FileUniqueID: file.unique, Type: "regular", Width: 512, Height: 512, Emoji: in.Sticker}
	}
	text, entities := trimText(strings.ToValidUTF8(text, "\ufffd"), nil)
	entities = findEntities(text, entities)
	if m.hasMedia() {
		m.Caption, m.CaptionEntities = text, entities
		return m, nil
	}
	if text == "" {
		return nil, ErrEmpty
	}
	if utf16Len(text) > maxText {
		return nil, ErrTooLong
	}
	m.Text, m.Entities = text, entities
	return m, nil
}

// cmpOr returns the first text that is not empty.
func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// speaker is who writes in a chat; the chat is locked.
func (c *chat) speaker(s *Server, from int64) User {
	if c.id > 0 || from == 0 {
		return c.user
	}
	if person := s.chat(from); person != nil && person != c {
		person.mu.Lock()
		defer person.mu.Unlock()
		return person.user
	}
	return User{ID: from, FirstName: fmt.Sprintf("User %d", from), LanguageCode: "id"}
}

// reachesBot applies the privacy mode of groups: bots get commands, mentions
// and replies to what they said.
func (s *Server) reachesBot(c *chat, m *Message) bool {
	if c.id > 0 {
		return true
	}
	return strings.HasPrefix(m.Text, "/") ||
		strings.Contains(strings.ToLower(m.Text), "@"+strings.ToLower(s.me.Username)) ||
		m.ReplyToMessage != nil && m.ReplyToMessage.From.ID == s.me.ID
}

// EditOwn changes a text the person sent before.
func (s *Server) EditOwn(chatID int64, messageID int, text string) (Message, error) {
	chat := s.chat(chatID)
	if chat == nil {
		return Message{}, fmt.Errorf("chat %d: %w", chatID, ErrNoChat)
	}
	fresh, err := s.compose(Input{Text: text})
	if err != nil {
		return Message{}, err
	}
	chat.mu.Lock()
	defer chat.mu.Unlock()
	old := chat.message(messageID)
	if old == nil || old.From.ID == s.me.ID || old.Text == "" {
		return Message{}, fmt.Errorf("message %d: %w", messageID, ErrNoMessage)
	}
	edited := *old
	edited.Text, edited.Entities = fresh.Text, fresh.Entities
	edited.EditDate = s.clock.Now().Unix()
	s.replace(chat, &edited)
	if s.reachesBot(chat, &edited) {
		s.queue.push("edited_message", chat.id, func(b []byte) []byte { return appendMessage(b, &edited) })
	}
	return edited, nil
}

// Press presses a button and waits, for a bounded time, until the bot has
// answered the callback query. As on Telegram, the data need not be on the
// message any more: a slow phone presses what it still shows.
func (s *Server) Press(chat int64, messageID int, data string) (Answer, error) {
	return s.press(s.ctx, chat, messageID, data, 0)
}

// press is Press with the presser's context and, in a group, the presser.
func (s *Server) press(ctx context.Context, chatID int64, messageID int, data string, from int64) (Answer, error) {
	chat := s.chat(chatID)
	if chat == nil {
		return Answer{}, fmt.Errorf("chat %d: %w", chatID, ErrNoChat)
	}
	q, err := s.startPress(chat, messageID, data, from)
	if err != nil {
		return Answer{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.opts.PressWait)
	defer cancel()
	for {
		moved := s.clock.Changed()
		if s.clock.Now().Sub(q.born) > callbackLife {
			return Answer{}, ErrUnanswered
		}
		select {
		case answer := <-q.answer:
			return answer, nil
		case <-moved:
		case <-ctx.Done():
			return Answer{}, ErrUnanswered
		case <-s.ctx.Done():
			return Answer{}, ErrUnanswered
		}
	}
}

// startPress queues the callback query of a pressed button.
func (s *Server) startPress(chat *chat, messageID int, data string, from int64) (*callback, error) {
	chat.mu.Lock()
	defer chat.mu.Unlock()
	i, ok := chat.index(messageID)
	if !ok || chat.messages[i].From.ID != s.me.ID {
		return nil, fmt.Errorf("message %d: %w", messageID, ErrNoMessage)
	}
	m := chat.messages[i]
	user := chat.speaker(s, from)
	id, q := s.calls.start(chat.id, s.clock.Now())
	s.queue.push("callback_query", chat.id, func(b []byte) []byte {
		b = appendString(append(b, `{"id":`...), id)
		b = appendUser(append(b, `,"from":`...), &user)
		b = append(b, `,"message":`...)
		if m.Deleted {
			b = appendChat(append(b, `{"chat":`...), &m.Chat)
			b = append(b, fmt.Sprintf(`,"message_id":%d,"date":0}`, m.MessageID)...)
		} else {
			b = appendMessage(b, m)
		}
		b = appendString(append(b, `,"chat_instance":`...), chat.instance)
		b = appendString(append(b, `,"data":`...), data)
		return append(b, '}')
	})
	return q, nil
}

// Messages returns the messages of a chat with a larger id than after, oldest
// first; removed ones stay in the list and say so.
func (s *Server) Messages(chatID int64, after int) []Message {
	chat := s.chat(chatID)
	if chat == nil {
		return nil
	}
	chat.mu.Lock()
	defer chat.mu.Unlock()
	return copyMessages(chat.since(after))
}

func copyMessages(list []*Message) []Message {
	out := make([]Message, len(list))
	for i, m := range list {
		out[i] = *m
	}
	return out
}

// Wait returns when the chat's messages satisfy ok, or when ctx ends.
func (s *Server) Wait(ctx context.Context, chatID int64, ok func([]Message) bool) error {
	chat := s.chat(chatID)
	if chat == nil {
		return fmt.Errorf("chat %d: %w", chatID, ErrNoChat)
	}
	for {
		chat.mu.Lock()
		list := copyMessages(chat.messages)
		wake := chat.wake()
		chat.mu.Unlock()
		if ok(list) {
			return nil
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return fmt.Errorf("wait for chat %d: %w", chatID, ctx.Err())
		}
	}
}

// setState changes how a chat stands to the bot and tells the bot, whose
// membership then has that name; the chat is locked.
func (s *Server) setState(c *chat, state membership, status string) {
	old := "member"
	if c.state == blocked {
		old = map[bool]string{true: "left", false: "kicked"}[c.id < 0]
	}
	if old == status {
		return
	}
	c.state = state
	from, info, now := c.user, c.info, s.clock.Now().Unix()
	s.queue.push("my_chat_member", c.id, func(b []byte) []byte {
		return appendJSON(b, map[string]any{
			"chat": info, "from": from, "date": now,
			"old_chat_member": chatMember(s.me, old),
			"new_chat_member": chatMember(s.me, status),
		})
	})
	s.hub.publish("chats", nil)
}

// chatMember is Telegram's ChatMember.
func chatMember(user User, status string) map[string]any {
	m := map[string]any{"user": user, "status": status}
	if status == "kicked" {
		m["until_date"] = 0
	}
	return m
}

// AddGroup adds a group and tells the bot that it was added to it.
func (s *Server) AddGroup(id int64, name, role string) {
	c := s.addChat(id, name, role)
	c.mu.Lock()
	c.state = blocked
	s.setState(c, member, "member")
	c.mu.Unlock()
}

// chatState is a chat as /sim/chats lists it.
type chatState struct {
	ID       int64             `json:"id"`
	Name     string            `json:"name"`
	Role     string            `json:"role"`
	Hint     map[string]string `json:"hint,omitempty"`
	Type     string            `json:"type"`
	Blocked  bool              `json:"blocked,omitempty"`
	Commands []BotCommand      `json:"commands,omitempty"`
}

// listChats lists the chats in the order they were added.
func (s *Server) listChats() []chatState {
	s.mu.RLock()
	order := slices.Clone(s.order)
	s.mu.RUnlock()
	list := make([]chatState, 0, len(order))
	for _, c := range order {
		c.mu.Lock()
		one := chatState{ID: c.id, Name: c.info.FirstName + c.info.Title, Role: c.role, Hint: c.hint, Type: c.info.Type, Blocked: c.state == blocked}
		language := c.user.LanguageCode
		c.mu.Unlock()
		one.Commands = s.menuFor(c.id, language)
		list = append(list, one)
	}
	return list
}

// clockState is what /sim/clock shows.
type clockState struct {
	Now  string `json:"now"`
	Unix int64  `json:"unix_ms"`
}

// wib is the zone the page shows.
var wib = time.FixedZone("WIB", 7*60*60)

func (s *Server) clockState() clockState {
	now := s.clock.Now()
	return clockState{Now: now.In(wib).Format(time.RFC3339), Unix: now.UnixMilli()}
}
