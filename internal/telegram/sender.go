package telegram

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/go-telegram/bot"

	"github.com/dampingi/dampingi/internal/turn"
)

// SenderOptions says where and as whom to send.
type SenderOptions struct {
	URL      string        // of the Bot API server; empty: DefaultURL
	Token    string        // of the bot
	Timeout  time.Duration // for one call; 0: 15 seconds
	Parallel int           // connections at once; 0: 256
	HTTP     *http.Client  // for the rare methods; nil: one of its own

	// Alert hears what the administrator should know and what still went through: a text
	// that Telegram could not parse. It holds nothing personal. May be nil.
	Alert func(ctx context.Context, what string)
}

// Sender shows messages to chats. It may be used by many goroutines at once.
type Sender struct {
	client *client
	bot    *bot.Bot
	alert  func(ctx context.Context, what string)
}

// ErrToken says that there is no token, or something that cannot be one.
var ErrToken = errors.New("telegram: the bot token is missing or malformed; @BotFather gives one")

// NewSender makes a Sender. It sends nothing yet: Me tells whether the token is good.
func NewSender(o SenderOptions) (*Sender, error) {
	if o.Token == "" || strings.ContainsAny(o.Token, " \t\r\n/?#%") {
		return nil, ErrToken
	}
	if o.URL == "" {
		o.URL = DefaultURL
	}
	if o.Timeout <= 0 {
		o.Timeout = 15 * time.Second
	}
	if o.Parallel <= 0 {
		o.Parallel = 256
	}
	if o.HTTP == nil {
		o.HTTP = &http.Client{Timeout: 2 * time.Minute, Transport: transport()}
	}
	if o.Alert == nil {
		o.Alert = func(context.Context, string) {}
	}
	o.URL = strings.TrimSuffix(o.URL, "/")
	c, err := newClient(o.URL, o.Token, o.Timeout, o.Parallel)
	if err != nil {
		return nil, err
	}
	library, err := bot.New(o.Token, bot.WithSkipGetMe(), bot.WithServerURL(o.URL),
		bot.WithHTTPClient(o.Timeout, o.HTTP), bot.WithErrorsHandler(func(error) {}),
		bot.WithDefaultHandler(nil))
	if err != nil {
		return nil, ErrToken
	}
	return &Sender{client: c, bot: library, alert: o.Alert}, nil
}

// transport is net/http's, made for many calls to one host.
func transport() *http.Transport {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout: 10 * time.Second,
		MaxIdleConns:        64,
		MaxIdleConnsPerHost: 64,
		IdleConnTimeout:     90 * time.Second,
	}
}

// Send shows one message. card is the chat's current card, 0 for none; what it returns says what
// became of the chat, also when only a part of the work succeeded. An error is a *turn.Trouble.
func (s *Sender) Send(ctx context.Context, m turn.Message, card int) (turn.Shown, error) {
	same := turn.Shown{Card: card}
	switch m.Form {
	case turn.Card:
		return s.card(ctx, &m, card)
	case turn.Notice:
		if m.Cover != "" { // after trouble, nobody would know which message to edit
			return same, &turn.Trouble{Kind: turn.Refused, Err: &apiError{method: "send", says: "only a card has a cover"}}
		}
		id, err := s.write(ctx, &m)
		return turn.Shown{Card: card, New: id}, err
	case turn.Toast:
		return same, s.toast(ctx, &m)
	case turn.Remove:
		if err := s.remove(ctx, &m); err != nil {
			return same, err
		}
		if m.Target == card {
			card = 0
		}
		return turn.Shown{Card: card, Gone: m.Target}, nil
	case turn.Repaint:
		return same, s.repaint(ctx, &m)
	case turn.Leave:
		return same, s.leave(ctx, m.Chat)
	case turn.Commands:
		return same, s.commands(ctx, &m)
	case turn.Picture, turn.Document:
		id, err := s.attach(ctx, &m)
		return turn.Shown{Card: card, New: id, Attached: id != 0}, err
	default:
		return same, &turn.Trouble{Kind: turn.Refused, Err: &apiError{method: "send", says: "a form of message that does not exist"}}
	}
}

// card shows the chat's one card: in place where that can be, else as a new message, which
// takes the buttons from the one before.
func (s *Sender) card(ctx context.Context, m *turn.Message, card int) (turn.Shown, error) {
	gone := 0
	if card > 0 && !m.Fresh {
		err := s.edit(ctx, m, card)
		switch w := why(err); {
		case err == nil:
			return turn.Shown{Card: current(m, card)}, nil
		case w == editGone:
			gone = card
		case w != editClosed:
			return turn.Shown{Card: card}, err
		}
		card = 0 // gone, or too old: a new one, and nothing to strip
	}
	shown, err := s.renew(ctx, m, card)
	if gone > 0 {
		shown.Gone = gone
	}
	return shown, err
}

// renew sends the card as a new message and takes the buttons from the old one. One with a cover
// is sent as that and then edited, which rings no phone: so its text is on no lock screen. Should
// the editing fail, the new message is the card all the same. One that replaces the old one takes
// it away.
func (s *Sender) renew(ctx context.Context, m *turn.Message, old int) (turn.Shown, error) {
	first := m
	if m.Cover != "" {
		first = &turn.Message{ID: m.ID, Chat: m.Chat, Text: m.Cover, Protect: m.Protect}
	}
	id, err := s.write(ctx, first)
	if err != nil {
		return turn.Shown{Card: old}, err
	}
	shown := turn.Shown{Card: current(m, id), New: id}
	if m.Cover != "" {
		err = s.edit(ctx, m, id)
	}
	switch {
	case why(err) == editGone: // the person has taken it away already, and so it is shown to nobody
		shown.Card, err = 0, nil
	case err != nil:
		shown.Card = id
	}
	switch {
	case old == 0:
	case m.Replace && s.remove(ctx, &turn.Message{Chat: m.Chat, Target: old}) == nil:
		shown.Gone = old
	default: // too old to be taken away, or nothing in the way: it stays, and is late
		s.strip(ctx, m.Chat, old)
	}
	return shown, err
}

// current is the card that the next one edits: none after a final one.
func current(m *turn.Message, card int) int {
	if m.Final {
		return 0
	}
	return card
}

// edit changes the card in place.
func (s *Sender) edit(ctx context.Context, m *turn.Message, card int) error {
	k := s.client.take(editMessageText)
	defer s.client.put(k)
	k.body = appendEdit(k.body, m, card, false)
	_, err := s.client.do(ctx, k)
	if why(err) == badHTML {
		s.alert(ctx, plainAlert+m.ID)
		k.body = appendEdit(k.body[:0], m, card, true)
		_, err = s.client.do(ctx, k)
	}
	if why(err) == notModified {
		return nil
	}
	return err
}

// repaint changes a message that is no card; one that is gone, or too old to be changed, stays so.
func (s *Sender) repaint(ctx context.Context, m *turn.Message) error {
	err := s.edit(ctx, m, m.Target)
	if w := why(err); w == editGone || w == editClosed {
		return nil
	}
	return err
}

// plainAlert precedes the id of a message whose HTML Telegram did not take.
const plainAlert = "a message went out as plain text, its HTML was not accepted: "

// write sends a new message and returns its id, 0 when it was not sent.
func (s *Sender) write(ctx context.Context, m *turn.Message) (int, error) {
	k := s.client.take(sendMessage)
	defer s.client.put(k)
	k.body = appendSend(k.body, m, false)
	r, err := s.client.do(ctx, k)
	if why(err) == badHTML {
		s.alert(ctx, plainAlert+m.ID)
		k.body = appendSend(k.body[:0], m, true)
		r, err = s.client.do(ctx, k)
	}
	return r.message, err
}

// strip takes the buttons from an old card, if it can: what is pressed there is stale anyway.
func (s *Sender) strip(ctx context.Context, chat int64, card int) {
	k := s.client.take(editMessageReplyMarkup)
	defer s.client.put(k)
	k.body = appendChatMessage(k.body, chat, card)
	_, _ = s.client.do(ctx, k)
}

// toast answers a press; that the press is too old to be answered is nobody's trouble.
func (s *Sender) toast(ctx context.Context, m *turn.Message) error {
	k := s.client.take(answerCallbackQuery)
	defer s.client.put(k)
	k.body = appendToast(k.body, m)
	_, err := s.client.do(ctx, k)
	if why(err) == queryExpired {
		return nil
	}
	return err
}

// remove deletes a message; that it is gone already is what was wanted.
func (s *Sender) remove(ctx context.Context, m *turn.Message) error {
	k := s.client.take(deleteMessage)
	defer s.client.put(k)
	k.body = appendChatMessage(k.body, m.Chat, m.Target)
	_, err := s.client.do(ctx, k)
	if why(err) == deleteGone {
		return nil
	}
	return err
}
