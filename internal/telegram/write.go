package telegram

import (
	"strconv"
	"unicode/utf8"

	"github.com/dampingi/dampingi/internal/turn"
)

// The bodies of the frequent methods, appended to a buffer that is used again.

// appendMessage is what sendMessage and editMessageText have in common.
func appendMessage(b []byte, m *turn.Message, plain bool) []byte {
	b = append(b, `{"chat_id":`...)
	b = strconv.AppendInt(b, m.Chat, 10)
	b = append(b, `,"text":`...)
	if plain {
		b = appendString(b, plainText(m.Text))
	} else {
		b = appendString(b, m.Text)
		b = append(b, `,"parse_mode":"HTML"`...)
	}
	b = append(b, `,"link_preview_options":{"is_disabled":true}`...)
	if len(m.Buttons) > 0 {
		b = append(b, `,"reply_markup":`...)
		b = appendKeyboard(b, m.Buttons)
	}
	return b
}

// appendSend is the body of sendMessage.
func appendSend(b []byte, m *turn.Message, plain bool) []byte {
	b = appendMessage(b, m, plain)
	if m.Protect {
		b = append(b, `,"protect_content":true`...)
	}
	return append(b, '}')
}

// appendEdit is the body of editMessageText; leaving the keyboard out takes it away.
func appendEdit(b []byte, m *turn.Message, card int, plain bool) []byte {
	b = appendMessage(b, m, plain)
	return append(appendTarget(b, card), '}')
}

// appendChatMessage is the body of the methods that need a message and no more.
func appendChatMessage(b []byte, chat int64, message int) []byte {
	b = append(b, `{"chat_id":`...)
	b = strconv.AppendInt(b, chat, 10)
	return append(appendTarget(b, message), '}')
}

// appendTarget names the message a method is about.
func appendTarget(b []byte, message int) []byte {
	b = append(b, `,"message_id":`...)
	return strconv.AppendInt(b, int64(message), 10)
}

// maxToast is how much Telegram shows in answer to a press.
const maxToast = 200

// appendToast is the body of answerCallbackQuery, which knows no HTML.
func appendToast(b []byte, m *turn.Message) []byte {
	b = append(b, `{"callback_query_id":`...)
	b = appendString(b, m.Callback)
	if m.Text != "" {
		b = append(b, `,"text":`...)
		b = appendString(b, shorten(plainText(m.Text), maxToast))
	}
	if m.Alert {
		b = append(b, `,"show_alert":true`...)
	}
	return append(b, '}')
}

// appendKeyboard is the buttons under a message.
func appendKeyboard(b []byte, rows [][]turn.Button) []byte {
	b = append(b, `{"inline_keyboard":[`...)
	for i, row := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for j := range row {
			if j > 0 {
				b = append(b, ',')
			}
			b = append(b, `{"text":`...)
			b = appendString(b, row[j].Label)
			b = append(b, `,"callback_data":`...)
			b = appendString(b, row[j].Data)
			b = append(b, '}')
		}
		b = append(b, ']')
	}
	return append(b, "]}"...)
}

// appendString is s in JSON. What is not UTF-8 becomes U+FFFD.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r != utf8.RuneError || n > 1 {
				i += n
				continue
			}
		}
		b = append(b, s[start:i]...)
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			b = append(b, `\ufffd`...)
		}
		i++
		start = i
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}
