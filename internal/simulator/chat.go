package simulator

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"sync"
)

// membership says how a chat stands to the bot.
type membership int

const (
	strange     membership = iota // never wrote to the bot
	member                        // talks with the bot
	blocked                       // blocked the bot, or removed it from the group
	deactivated                   // the account is gone
)

// chat is one chat with everything that was said in it.
type chat struct {
	id       int64
	instance string

	mu       sync.Mutex
	info     Chat
	user     User // the person of a private chat; of a group, who speaks by default
	role     string
	hint     map[string]string // by language; for the page only
	state    membership
	messages []*Message // by rising id
	changed  chan struct{}
	rate     bucket
	minute   bucket
}

// AddChat adds a person (or, with a negative id, a group) to the page. The
// role is a word for the page only. Adding a chat again renames it.
func (s *Server) AddChat(id int64, name, role string) {
	s.addChat(id, name, role)
	s.hub.publish("chats", nil)
}

// Hint lets the page say what can be tried on that phone, by language. A chat that nobody has
// gets none.
func (s *Server) Hint(id int64, hint map[string]string) {
	c := s.chat(id)
	if c == nil {
		return
	}
	c.mu.Lock()
	c.hint = maps.Clone(hint)
	c.mu.Unlock()
	s.hub.publish("chats", nil)
}

// addChat adds or renames a chat.
func (s *Server) addChat(id int64, name, role string) *chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[id]
	if c == nil {
		c = &chat{
			instance: strconv.FormatInt(id*7919+1_000_000_007, 10),
			rate:     bucket{cap: chatBurst, every: chatEvery},
		}
		if id < 0 {
			c.minute = bucket{cap: groupBurst, every: groupEvery}
			c.state = member
		}
		c.id = id
		s.chats[id] = c
		s.order = append(s.order, c)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.role = role
	c.info = Chat{ID: id, Type: "private", FirstName: name}
	c.user = User{ID: id, FirstName: name, LanguageCode: "id"}
	if id < 0 {
		c.info = Chat{ID: id, Type: "group", Title: name}
		c.user = User{ID: -id, FirstName: name, LanguageCode: "id"}
	}
	return c
}

// chat returns the chat with that id, or nil.
func (s *Server) chat(id int64) *chat {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.chats[id]
}

// chatOf returns the chat a call is about.
func (s *Server) chatOf(p *params) (*chat, error) {
	text := p.str("chat_id")
	if text == "" {
		return nil, errChatEmpty
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, errChatNotFound
	}
	c := s.chat(id)
	if c == nil {
		return nil, errChatNotFound
	}
	return c, nil
}

// writable says why the bot may not write here, nil when it may; the chat is locked.
func (s *Server) writable(c *chat) error {
	switch {
	case c.state == blocked && c.id < 0:
		return errKicked
	case c.state == blocked:
		return errBlocked
	case c.state == deactivated:
		return errDeactivated
	case c.state == strange && s.opts.StrictStart:
		return errNotStarted
	}
	return nil
}

// add gives a message its id and place; the chat is locked.
func (s *Server) add(c *chat, m *Message) {
	m.MessageID = int(s.lastMessage.Add(1))
	m.Chat = c.info
	m.Date = s.clock.Now().Unix()
	c.messages = append(c.messages, m)
	if keep := s.opts.KeepMessages; keep > 0 && len(c.messages) > keep {
		c.messages = slices.Delete(c.messages, 0, len(c.messages)-keep)
	}
	s.touch(c, m)
}

// replace puts a changed message in the place of the old one; the chat is locked.
func (s *Server) replace(c *chat, m *Message) {
	if i, ok := c.index(m.MessageID); ok {
		c.messages[i] = m
		s.touch(c, m)
	}
}

// touch wakes who waits for the chat and tells the page; the chat is locked.
func (s *Server) touch(c *chat, m *Message) {
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
	s.hub.publish("message", func() any { return chatMessage{c.id, m} })
}

// index finds a message by its id; the chat is locked.
func (c *chat) index(id int) (int, bool) {
	return slices.BinarySearchFunc(c.messages, id, func(m *Message, id int) int {
		return cmp.Compare(m.MessageID, id)
	})
}

// message returns a message that has not been removed, or nil; the chat is locked.
func (c *chat) message(id int) *Message {
	if i, ok := c.index(id); ok && !c.messages[i].Deleted {
		return c.messages[i]
	}
	return nil
}

// since returns the messages with a larger id; the chat is locked.
func (c *chat) since(after int) []*Message {
	i, found := c.index(after)
	if found {
		i++
	}
	return c.messages[i:]
}

// wake returns a channel that is closed at the next change; the chat is locked.
func (c *chat) wake() <-chan struct{} {
	if c.changed == nil {
		c.changed = make(chan struct{})
	}
	return c.changed
}
