package records

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// bindCanary binds the value that shows whether a key belongs to the database.
const bindCanary = "meta/canary"

// A sealed value is bound to its row and column, so that none can be moved to another.
func bindName(person string) []byte    { return []byte("person/" + person + "/name") }
func bindKey(code string) []byte       { return []byte("participant/" + code + "/key") }
func bindAlias(code string) []byte     { return []byte("participant/" + code + "/alias") }
func bindTarget(code string) []byte    { return []byte("participant/" + code + "/target") }
func bindContact(code string) []byte   { return []byte("participant/" + code + "/contact") }
func bindPIN(person string) []byte     { return []byte("pin/" + person) }
func bindChat(key string) []byte       { return []byte("chat/" + key) }
func bindAnswers(report string) []byte { return []byte("report/" + report + "/answers") }
func bindSource(report string) []byte  { return []byte("report/" + report + "/source") }
func bindMessage(id string) []byte     { return []byte("outbox/" + id) }

func bindUpdate(update int64) []byte {
	return strconv.AppendInt(append(make([]byte, 0, 32), "inbox/"...), update, 10)
}

// ChatKey is what stands for a chat wherever something is stored or named.
func (s *Store) ChatKey(chat int64) turn.Key { return turn.Key(s.chatKey(chat)) }

func (s *Store) chatKey(chat int64) string { return s.known.key(chat, s.vault.ChatKey) }

// sealChat gives a chat's key and its sealed id.
func (s *Store) sealChat(chat int64) (key string, sealed []byte, err error) {
	key = s.chatKey(chat)
	var plain [8]byte
	binary.BigEndian.PutUint64(plain[:], uint64(chat)) //nolint:gosec // the same bits
	sealed, err = s.vault.Seal(plain[:], bindChat(key))
	if err != nil {
		return "", nil, fmt.Errorf("seal a chat: %w", err)
	}
	return key, sealed, nil
}

func (s *Store) openChat(key string, sealed []byte) (int64, error) {
	var buf [8]byte
	plain, err := s.vault.AppendOpen(buf[:0], sealed, bindChat(key))
	if err != nil || len(plain) != len(buf) {
		return 0, fmt.Errorf("open a chat: %w", vault.ErrSealed)
	}
	return int64(binary.BigEndian.Uint64(plain)), nil //nolint:gosec // the same bits
}

// message is how an outbox message is written down; its time and id are columns.
type message struct {
	Chat    int64       `cbor:"1,keyasint"`
	Form    turn.Form   `cbor:"2,keyasint"`
	Text    string      `cbor:"3,keyasint,omitempty"`
	Buttons [][]button  `cbor:"4,keyasint,omitempty"`
	Flags   messageFlag `cbor:"5,keyasint,omitempty"`
	Target  int         `cbor:"6,keyasint,omitempty"`
	Cover   string      `cbor:"7,keyasint,omitempty"`
	File    string      `cbor:"8,keyasint,omitempty"` // the name of what is attached
	Data    []byte      `cbor:"9,keyasint,omitempty"`
	Until   int64       `cbor:"10,keyasint,omitempty"` // Unix milliseconds
}

type button struct {
	_     struct{} `cbor:",toarray"`
	Label string
	Data  string
}

type messageFlag uint8

const (
	flagFresh messageFlag = 1 << iota
	flagFinal
	flagProtect
	flagBulk
	flagReplace
)

func flagIf(on bool, f messageFlag) messageFlag {
	if on {
		return f
	}
	return 0
}

func (s *Store) sealMessage(m *turn.Message) ([]byte, error) {
	if err := m.Check(); err != nil {
		return nil, fmt.Errorf("%w: message %s: %w", turn.ErrBroken, m.ID, err)
	}
	w := message{Chat: m.Chat, Form: m.Form, Text: m.Text, Target: m.Target, Cover: m.Cover}
	w.Flags = flagIf(m.Fresh, flagFresh) | flagIf(m.Final, flagFinal) | flagIf(m.Protect, flagProtect) | flagIf(m.Bulk, flagBulk) |
		flagIf(m.Replace, flagReplace)
	if len(m.Buttons) > 0 {
		w.Buttons = make([][]button, len(m.Buttons))
		for i, line := range m.Buttons {
			w.Buttons[i] = make([]button, len(line))
			for j, b := range line {
				w.Buttons[i][j] = button{Label: b.Label, Data: b.Data}
			}
		}
	}
	if m.Attached != nil {
		w.File, w.Data = m.Attached.Name, m.Attached.Data
	}
	if !m.Until.IsZero() {
		w.Until = m.Until.UnixMilli()
	}
	plain, err := cbor.Marshal(&w)
	if err != nil {
		return nil, fmt.Errorf("write down message %s: %w", m.ID, err)
	}
	sealed, err := s.vault.Seal(plain, bindMessage(m.ID))
	if err != nil {
		return nil, fmt.Errorf("seal message %s: %w", m.ID, err)
	}
	return sealed, nil
}

func (s *Store) openMessage(id string, sealed []byte) (turn.Message, error) {
	plain, err := s.vault.Open(sealed, bindMessage(id))
	if err != nil {
		return turn.Message{}, fmt.Errorf("open message %s: %w", id, err)
	}
	var w message
	if err := s.decoder.Unmarshal(plain, &w); err != nil {
		return turn.Message{}, fmt.Errorf("read message %s: not as it was written", id)
	}
	m := turn.Message{
		ID: id, Chat: w.Chat, Form: w.Form, Text: w.Text, Target: w.Target, Cover: w.Cover,
		Fresh: w.Flags&flagFresh != 0, Final: w.Flags&flagFinal != 0,
		Protect: w.Flags&flagProtect != 0, Bulk: w.Flags&flagBulk != 0, Replace: w.Flags&flagReplace != 0,
	}
	if w.Data != nil {
		m.Attached = &turn.Attached{Name: w.File, Data: w.Data}
	}
	if w.Until != 0 {
		m.Until = time.UnixMilli(w.Until).In(s.zone)
	}
	if len(w.Buttons) > 0 {
		m.Buttons = make([][]turn.Button, len(w.Buttons))
		for i, line := range w.Buttons {
			m.Buttons[i] = make([]turn.Button, len(line))
			for j, b := range line {
				m.Buttons[i][j] = turn.Button{Label: b.Label, Data: b.Data}
			}
		}
	}
	return m, nil
}
