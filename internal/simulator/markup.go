package simulator

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"
	"unicode/utf8"
)

// Telegram's limits on keyboards.
const (
	maxButtons      = 100
	maxCallbackData = 64
	maxMarkup       = 10 << 10
)

// rawButton is a button as the bot sent it.
type rawButton struct {
	Text         string          `json:"text"`
	CallbackData *string         `json:"callback_data"`
	URL          string          `json:"url"`
	WebApp       json.RawMessage `json:"web_app"`
	LoginURL     json.RawMessage `json:"login_url"`
	CopyText     json.RawMessage `json:"copy_text"`
	SwitchInline *string         `json:"switch_inline_query"`
}

// parseMarkup checks a reply_markup: an inline keyboard is returned checked,
// a keyboard below the text field is returned as it came.
func parseMarkup(raw []byte) (*InlineKeyboard, json.RawMessage, error) {
	if len(raw) == 0 {
		return nil, nil, nil
	}
	if len(raw) > maxMarkup {
		return nil, nil, errMarkupTooLong
	}
	if !json.Valid(raw) {
		return nil, nil, badRequest("can't parse reply keyboard markup JSON object")
	}
	if bytes.TrimSpace(raw)[0] != '{' {
		return nil, nil, badRequest("object expected as reply markup")
	}
	if inline, ok := onlyInline(raw); ok {
		keyboard, err := parseInline(inline)
		return keyboard, nil, err
	}
	var markup struct {
		Inline   json.RawMessage `json:"inline_keyboard"`
		Keyboard json.RawMessage `json:"keyboard"`
		Remove   bool            `json:"remove_keyboard"`
		Force    bool            `json:"force_reply"`
	}
	if err := json.Unmarshal(raw, &markup); err != nil {
		return nil, nil, badRequest("can't parse reply keyboard markup JSON object")
	}
	switch {
	case markup.Inline != nil:
		keyboard, err := parseInline(markup.Inline)
		return keyboard, nil, err
	case markup.Keyboard != nil && markup.Keyboard[0] != '[':
		return nil, nil, badRequest(`field "keyboard" must be of type Array`)
	case markup.Keyboard != nil, markup.Remove, markup.Force:
		return nil, slices.Clone(raw), nil
	}
	return nil, nil, nil
}

// parseInline checks the rows of an inline keyboard.
func parseInline(raw []byte) (*InlineKeyboard, error) {
	if raw[0] != '[' {
		return nil, badRequest(`field "inline_keyboard" must be of type Array`)
	}
	keyboard := &InlineKeyboard{}
	count := 0
	for rawRow := range elements(raw) {
		if rawRow[0] != '[' {
			return nil, badRequest("can't parse inline keyboard: an array of arrays expected")
		}
		row := make([]Button, 0, 2)
		for rawOne := range elements(rawRow) {
			button, err := parseButton(rawOne)
			if err != nil {
				return nil, err
			}
			if button.Text != "" {
				row = append(row, button)
			}
		}
		if count += len(row); len(row) > 0 {
			keyboard.InlineKeyboard = append(keyboard.InlineKeyboard, row)
		}
	}
	if count > maxButtons {
		return nil, errMarkupTooLong
	}
	if count == 0 {
		return nil, nil
	}
	return keyboard, nil
}

// parseButton checks one button of an inline keyboard.
func parseButton(raw []byte) (Button, error) {
	const cant = "can't parse inline keyboard button: "
	var b rawButton
	if raw[0] != '{' {
		return Button{}, badRequest(cant + "InlineKeyboardButton must be an Object")
	}
	if err := b.read(raw); err != nil {
		return Button{}, badRequest(cant + "wrong type of a field")
	}
	button := Button{Text: b.Text, URL: b.URL}
	switch {
	case !utf8.ValidString(b.Text):
		return Button{}, badRequest("inline keyboard button text must be encoded in UTF-8")
	case b.URL != "":
		if !linkEntity(&Entity{}, b.URL) {
			return Button{}, badRequestf("inline keyboard button URL '%s' is invalid: Wrong HTTP URL", b.URL)
		}
		return button, nil
	case b.CallbackData != nil && len(*b.CallbackData) > maxCallbackData:
		return Button{}, errButtonData
	case b.CallbackData != nil && *b.CallbackData != "":
		button.CallbackData = *b.CallbackData
		return button, nil
	case b.WebApp != nil, b.LoginURL != nil, b.CopyText != nil && string(b.CopyText) != `{"text":""}`, b.SwitchInline != nil:
		return button, nil
	}
	return Button{}, badRequest(cant + "Text buttons are unallowed in the inline keyboard")
}

// sameKeyboard compares two inline keyboards.
func sameKeyboard(a, b *InlineKeyboard) bool {
	if a == nil || b == nil {
		return a == b
	}
	return slices.EqualFunc(a.InlineKeyboard, b.InlineKeyboard, slices.Equal[[]Button])
}

// onlyInline is the value of inline_keyboard where nothing else is in the markup, as in
// almost every message.
func onlyInline(raw []byte) ([]byte, bool) {
	var inline []byte
	for key, value := range members(raw) {
		if inline != nil || string(key) != `"inline_keyboard"` || value[0] == 'n' {
			return nil, false
		}
		inline = value
	}
	return inline, inline != nil
}

// read reads a button: one with a text and data, as almost every one is, without the general
// decoder, which checks everything again at each level.
func (b *rawButton) read(raw []byte) error {
	for key, value := range members(raw) {
		switch {
		case string(key) == `"text"` && value[0] == '"':
			b.Text = unquote(value)
		case string(key) == `"callback_data"` && value[0] == '"':
			data := unquote(value)
			b.CallbackData = &data
		default:
			*b = rawButton{}
			return json.Unmarshal(raw, b)
		}
	}
	return nil
}

// elements walks over an array of valid JSON.
func elements(raw []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for i := skipSpace(raw, 1); raw[i] != ']'; {
			end := skipValue(raw, i)
			if !yield(raw[i:end]) {
				return
			}
			if i = skipSpace(raw, end); raw[i] == ',' {
				i = skipSpace(raw, i+1)
			}
		}
	}
}

// members walks over an object of valid JSON; keys keep their quotes.
func members(raw []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(key, value []byte) bool) {
		for i := skipSpace(raw, skipSpace(raw, 0)+1); raw[i] != '}'; {
			end := skipValue(raw, i)
			key := raw[i:end]
			i = skipSpace(raw, skipSpace(raw, end)+1) // behind the colon
			end = skipValue(raw, i)
			if !yield(key, raw[i:end]) {
				return
			}
			if i = skipSpace(raw, end); raw[i] == ',' {
				i = skipSpace(raw, i+1)
			}
		}
	}
}
