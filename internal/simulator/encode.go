package simulator

import (
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// The encoders append JSON to a buffer: the hot answers are written by hand,
// everything else goes through encoding/json.

const hexDigits = "0123456789abcdef"

// appendString appends s as a JSON string.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				b = append(b, s[start:i]...)
				b = append(b, "\ufffd"...)
				start = i + 1
			}
			i += size
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		start = i
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}

// appendUser appends a User.
func appendUser(b []byte, u *User) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, u.ID, 10)
	b = append(b, `,"is_bot":`...)
	b = strconv.AppendBool(b, u.IsBot)
	b = append(b, `,"first_name":`...)
	b = appendString(b, u.FirstName)
	if u.Username != "" {
		b = append(b, `,"username":`...)
		b = appendString(b, u.Username)
	}
	if u.LanguageCode != "" {
		b = append(b, `,"language_code":`...)
		b = appendString(b, u.LanguageCode)
	}
	return append(b, '}')
}

// appendChat appends a Chat.
func appendChat(b []byte, c *Chat) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, c.ID, 10)
	b = append(b, `,"type":"`...)
	b = append(b, c.Type...)
	b = append(b, '"')
	if c.Title != "" {
		b = append(b, `,"title":`...)
		b = appendString(b, c.Title)
	}
	if c.FirstName != "" {
		b = append(b, `,"first_name":`...)
		b = appendString(b, c.FirstName)
	}
	return append(b, '}')
}

// appendEntities appends an array of MessageEntity.
func appendEntities(b []byte, entities []Entity) []byte {
	b = append(b, '[')
	for i := range entities {
		e := &entities[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"type":"`...)
		b = append(b, e.Type...)
		b = append(b, `","offset":`...)
		b = strconv.AppendInt(b, int64(e.Offset), 10)
		b = append(b, `,"length":`...)
		b = strconv.AppendInt(b, int64(e.Length), 10)
		if e.URL != "" {
			b = append(b, `,"url":`...)
			b = appendString(b, e.URL)
		}
		if e.Language != "" {
			b = append(b, `,"language":`...)
			b = appendString(b, e.Language)
		}
		if e.User != nil {
			b = append(b, `,"user":`...)
			b = appendUser(b, e.User)
		}
		if e.CustomEmojiID != "" {
			b = append(b, `,"custom_emoji_id":`...)
			b = appendString(b, e.CustomEmojiID)
		}
		b = append(b, '}')
	}
	return append(b, ']')
}

// appendKeyboard appends an InlineKeyboardMarkup.
func appendKeyboard(b []byte, k *InlineKeyboard) []byte {
	b = append(b, `{"inline_keyboard":[`...)
	for i, row := range k.InlineKeyboard {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for j := range row {
			if j > 0 {
				b = append(b, ',')
			}
			b = append(b, `{"text":`...)
			b = appendString(b, row[j].Text)
			if row[j].CallbackData != "" {
				b = append(b, `,"callback_data":`...)
				b = appendString(b, row[j].CallbackData)
			}
			if row[j].URL != "" {
				b = append(b, `,"url":`...)
				b = appendString(b, row[j].URL)
			}
			b = append(b, '}')
		}
		b = append(b, ']')
	}
	return append(b, `]}`...)
}

// appendMessage appends a message as the bot sees it.
func appendMessage(b []byte, m *Message) []byte {
	if !m.plain() {
		bot := *m
		bot.ReplyKeyboard, bot.Silent, bot.Arrived, bot.Deleted = nil, false, "", false
		return appendJSON(b, &bot)
	}
	b = append(b, `{"message_id":`...)
	b = strconv.AppendInt(b, int64(m.MessageID), 10)
	b = append(b, `,"from":`...)
	b = appendUser(b, &m.From)
	b = append(b, `,"chat":`...)
	b = appendChat(b, &m.Chat)
	b = append(b, `,"date":`...)
	b = strconv.AppendInt(b, m.Date, 10)
	if m.EditDate != 0 {
		b = append(b, `,"edit_date":`...)
		b = strconv.AppendInt(b, m.EditDate, 10)
	}
	if m.HasProtected {
		b = append(b, `,"has_protected_content":true`...)
	}
	if m.Text != "" {
		b = append(b, `,"text":`...)
		b = appendString(b, m.Text)
	}
	if len(m.Entities) > 0 {
		b = append(b, `,"entities":`...)
		b = appendEntities(b, m.Entities)
	}
	if m.ReplyMarkup != nil {
		b = append(b, `,"reply_markup":`...)
		b = appendKeyboard(b, m.ReplyMarkup)
	}
	return append(b, '}')
}

// appendJSON appends v as encoding/json writes it. The types of this package
// always encode; anything else shows up as a string that names the trouble.
func appendJSON(b []byte, v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		return appendString(b, fmt.Sprintf("cannot encode: %v", err))
	}
	return append(b, data...)
}

// appendError appends the whole envelope of an answer that is not ok.
func appendError(b []byte, e *apiError) []byte {
	b = append(b, `{"ok":false,"error_code":`...)
	b = strconv.AppendInt(b, int64(e.code), 10)
	b = append(b, `,"description":`...)
	b = appendString(b, e.text)
	if e.retryAfter > 0 {
		b = append(b, `,"parameters":{"retry_after":`...)
		b = strconv.AppendInt(b, int64(e.retryAfter), 10)
		b = append(b, '}')
	}
	return append(b, '}')
}
