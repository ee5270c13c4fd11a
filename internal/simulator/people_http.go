package simulator

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// peopleHandler serves the people's side and the page; other sites that are
// open in the same browser cannot write to it.
func (s *Server) peopleHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /sim/chats", s.reply(func(*http.Request) (any, error) { return s.listChats(), nil }))
	mux.HandleFunc("POST /sim/chats", s.reply(s.httpAddChat))
	mux.HandleFunc("GET /sim/chats/{chat}/messages", s.reply(s.httpMessages))
	mux.HandleFunc("POST /sim/chats/{chat}/messages", s.reply(s.httpSend))
	mux.HandleFunc("POST /sim/chats/{chat}/press", s.reply(s.httpPress))
	mux.HandleFunc("GET /sim/clock", s.reply(func(*http.Request) (any, error) { return s.clockState(), nil }))
	mux.HandleFunc("POST /sim/clock", s.reply(s.httpClock))
	mux.HandleFunc("GET /sim/faults", s.reply(func(*http.Request) (any, error) { return s.faults.Active(), nil }))
	mux.HandleFunc("POST /sim/faults", s.reply(s.httpFaults))
	mux.HandleFunc("GET /sim/bot", s.reply(s.httpBot))
	mux.HandleFunc("GET /sim/moments", s.reply(s.httpMoments))
	mux.HandleFunc("GET /sim/files/{file}", s.httpFile)
	mux.HandleFunc("GET /sim/events", s.serveEvents)
	s.servePage(mux)
	return http.NewCrossOriginProtection().Handler(mux)
}

// badInput is a mistake in a request of the people's side.
type badInput struct{ error }

// reply writes what a handler returns as JSON, errors as {"error":…}.
func (s *Server) reply(handle func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		got, err := handle(r)
		if err == nil {
			writeAnswer(w, http.StatusOK, appendJSON(nil, got))
			return
		}
		code := http.StatusBadRequest
		if errors.Is(err, ErrNoChat) || errors.Is(err, ErrNoMessage) {
			code = http.StatusNotFound
		}
		writeAnswer(w, code, appendJSON(nil, map[string]string{"error": err.Error()}))
	}
}

// decode reads a JSON body.
func decode(r *http.Request, into any) error {
	body, err := readAll(nil, r.Body)
	if err != nil {
		return badInput{err}
	}
	if err := json.Unmarshal(body, into); err != nil {
		return badInput{fmt.Errorf("read the request: %w", err)}
	}
	return nil
}

func chatID(r *http.Request) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("chat"), 10, 64)
	if err != nil {
		return 0, badInput{fmt.Errorf("chat id: %w", err)}
	}
	return id, nil
}

// httpBot tells the page whom it talks to, since when, and whose invitation waits to be opened.
func (s *Server) httpBot(*http.Request) (any, error) {
	bot := map[string]string{"name": s.me.FirstName, "username": s.me.Username, "title": s.opts.Title, "began": s.began}
	s.mu.RLock()
	invited := s.invited
	s.mu.RUnlock()
	if invited != nil {
		bot["invited"], bot["invitation"] = invited()
	}
	return bot, nil
}

// OfferInvitation makes the page offer an invitation, as long as there is a link.
func (s *Server) OfferInvitation(invited func() (name, link string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.invited = invited
}

// OfferNext makes the page offer to move the clock to when somebody is told something next.
func (s *Server) OfferNext(next func(context.Context) (time.Time, bool)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.upcoming = next
}

// next is when somebody is told something next, for whoever knows it.
func (s *Server) next(ctx context.Context) (time.Time, bool) {
	s.mu.Lock()
	upcoming := s.upcoming
	s.mu.Unlock()
	if upcoming == nil {
		return time.Time{}, false
	}
	return upcoming(ctx)
}

// httpAddChat adds a person or a group.
func (s *Server) httpAddChat(r *http.Request) (any, error) {
	var in struct {
		ID   int64  `json:"id"`
		Name string `json:"name"`
		Role string `json:"role"`
		Type string `json:"type"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	if in.Name == "" {
		return nil, badInput{errors.New("name is missing")}
	}
	if in.ID == 0 {
		in.ID = s.freeID(in.Type == "group")
	}
	if in.ID < 0 {
		s.AddGroup(in.ID, in.Name, in.Role)
	} else {
		s.AddChat(in.ID, in.Name, in.Role)
	}
	return map[string]any{"id": in.ID, "name": in.Name, "role": in.Role}, nil
}

// freeID returns an id that nobody has.
func (s *Server) freeID(group bool) int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	id, step := int64(700_000_001), int64(1)
	if group {
		id, step = -400_000_001, -1
	}
	for s.chats[id] != nil {
		id += step
	}
	return id
}

// httpMessages lists the messages after N.
func (s *Server) httpMessages(r *http.Request) (any, error) {
	id, err := chatID(r)
	if err != nil {
		return nil, err
	}
	after := 0
	if text := r.URL.Query().Get("after"); text != "" {
		if after, err = strconv.Atoi(text); err != nil {
			return nil, badInput{fmt.Errorf("after: %w", err)}
		}
	}
	chat := s.chat(id)
	if chat == nil {
		return nil, fmt.Errorf("chat %d: %w", id, ErrNoChat)
	}
	chat.mu.Lock()
	defer chat.mu.Unlock()
	return append([]*Message{}, chat.since(after)...), nil
}

// httpInput is the body of POST /sim/chats/{chat}/messages. Files come as
// base64 in "data"; without data a small stand-in is sent.
type httpInput struct {
	Text     string          `json:"text"`
	Caption  string          `json:"caption"`
	From     int64           `json:"from"`
	ReplyTo  int             `json:"reply_to"`
	Edit     int             `json:"edit"`
	Forward  json.RawMessage `json:"forward"`
	Photo    json.RawMessage `json:"photo"`
	Voice    json.RawMessage `json:"voice"`
	Document json.RawMessage `json:"document"`
	Contact  *Contact        `json:"contact"`
	Location *Location       `json:"location"`
	Sticker  json.RawMessage `json:"sticker"`
}

// httpSend sends what a person wrote, or edits it.
func (s *Server) httpSend(r *http.Request) (any, error) {
	id, err := chatID(r)
	if err != nil {
		return nil, err
	}
	var body httpInput
	if err := decode(r, &body); err != nil {
		return nil, err
	}
	if body.Edit != 0 {
		return s.EditOwn(id, body.Edit, body.Text)
	}
	in := Input{
		Text: body.Text, Caption: body.Caption, From: body.From, ReplyTo: body.ReplyTo,
		Contact: body.Contact, Location: body.Location,
		Forward: word(body.Forward, "Seseorang"), Sticker: word(body.Sticker, "🙂"),
	}
	if set(body.Photo) {
		in.Photo = attachment(body.Photo, "photo.png", onePixel).Data
	}
	if set(body.Document) {
		in.Document = attachment(body.Document, "catatan.txt", []byte("catatan"))
	}
	if set(body.Voice) {
		in.Voice = attachment(body.Voice, "voice.oga", []byte("OggS"))
	}
	return s.Send(id, in)
}

// set says whether an optional member is there.
func set(raw json.RawMessage) bool {
	return len(raw) > 0 && string(raw) != "null" && string(raw) != "false"
}

// word reads a member that may be a text, an object with an emoji, or just true.
func word(raw json.RawMessage, fallback string) string {
	if !set(raw) {
		return ""
	}
	var text string
	var object struct{ Emoji, Name string }
	if json.Unmarshal(raw, &text) == nil && text != "" {
		return text
	}
	if json.Unmarshal(raw, &object) == nil && object.Emoji+object.Name != "" {
		return object.Emoji + object.Name
	}
	return fallback
}

// onePixel is the picture that is sent when no picture was given.
var onePixel = bytes.Clone(must(base64.StdEncoding.DecodeString(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// attachment reads a file member: an object with "data", base64, or just true.
func attachment(raw json.RawMessage, name string, fallback []byte) *Attachment {
	var in struct {
		FileName string `json:"file_name"`
		MimeType string `json:"mime_type"`
		Duration int    `json:"duration"`
		Data     []byte `json:"data"`
	}
	var data []byte
	if json.Unmarshal(raw, &data) == nil {
		in.Data = data
	} else if json.Unmarshal(raw, &in) != nil {
		in.Data = nil
	}
	if len(in.Data) == 0 {
		in.Data = fallback
	}
	return &Attachment{Name: cmpOr(in.FileName, name), MimeType: in.MimeType, Duration: max(1, in.Duration), Data: in.Data}
}

// httpPress presses a button and returns what the bot answered.
func (s *Server) httpPress(r *http.Request) (any, error) {
	id, err := chatID(r)
	if err != nil {
		return nil, err
	}
	var in struct {
		MessageID int    `json:"message_id"`
		Data      string `json:"data"`
		From      int64  `json:"from"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	answer, err := s.press(r.Context(), id, in.MessageID, in.Data, in.From)
	if errors.Is(err, ErrUnanswered) {
		return answer, nil
	}
	return answer, err
}

// httpClock moves the clock.
func (s *Server) httpClock(r *http.Request) (any, error) {
	var in struct {
		Advance string    `json:"advance"`
		To      time.Time `json:"to"`
		Next    bool      `json:"next"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	switch {
	case in.Advance != "":
		d, err := time.ParseDuration(in.Advance)
		if err != nil {
			return nil, badInput{fmt.Errorf("advance: %w", err)}
		}
		s.clock.Advance(d)
	case !in.To.IsZero():
		s.clock.Set(in.To)
	case in.Next:
		at, ok := s.next(r.Context())
		if !ok {
			return nil, badInput{errors.New("nothing is to be told in the next weeks")}
		}
		s.clock.Set(at)
	default:
		return nil, badInput{errors.New(`"advance", "to" or "next" is missing`)}
	}
	return s.clockState(), nil
}

// httpFaults switches troubles on and off; the answer lists those of calls.
func (s *Server) httpFaults(r *http.Request) (any, error) {
	var in struct {
		Fault
		Rules      []Fault                    `json:"rules"`
		Clear      bool                       `json:"clear"`
		Block      []int64                    `json:"block"`
		Unblock    []int64                    `json:"unblock"`
		Deactivate []int64                    `json:"deactivate"`
		Duplicate  int                        `json:"duplicate"`
		Reorder    int                        `json:"reorder"`
		Unknown    bool                       `json:"unknown_update"`
		Update     map[string]json.RawMessage `json:"update"`
	}
	if err := decode(r, &in); err != nil {
		return nil, err
	}
	if in.Clear {
		s.faults.Clear()
	}
	if in.Kind != "" {
		in.Rules = append(in.Rules, in.Fault)
	}
	var errs []error
	for _, rule := range in.Rules {
		errs = append(errs, s.faults.Add(rule))
	}
	for list, apply := range map[*[]int64]func(int64) error{
		&in.Block: s.faults.Block, &in.Unblock: s.faults.Unblock, &in.Deactivate: s.faults.Deactivate,
	} {
		for _, id := range *list {
			errs = append(errs, apply(id))
		}
	}
	if in.Duplicate > 0 {
		s.faults.Duplicate(in.Duplicate)
	}
	if in.Reorder > 0 {
		s.faults.Reorder(in.Reorder)
	}
	if in.Unknown {
		s.faults.UnknownUpdate()
	}
	if in.Update != nil {
		s.faults.Update(in.Update)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return s.faults.Active(), nil
}

// httpFile shows a picture or a document to the page.
func (s *Server) httpFile(w http.ResponseWriter, r *http.Request) {
	file := s.store.get(r.PathValue("file"))
	if file == nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", cmpOr(file.mime, "application/octet-stream"))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox")
	if len(file.mime) < 6 || file.mime[:6] != "image/" || file.mime == "image/svg+xml" {
		h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+pathEscape(file.name))
	}
	_, _ = w.Write(file.data)
}
