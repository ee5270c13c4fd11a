package turn

import "github.com/dampingi/dampingi/internal/discreet"

// ToHer makes a participant's card: the line that may be read by anybody, and the page that she has
// opened, if there is one. It is the only way to make a message that she may get: whoever sends
// another is refused.
func ToHer(line discreet.Line, page *discreet.Page, buttons [][]Button) Message {
	m := Message{Form: Card, Text: line.String(), Buttons: buttons, Protect: true, Replace: true, discreet: true}
	if page != nil {
		m.Text, m.Cover = page.String(), line.String()
	}
	return m
}

// Discreet reports whether the message says nothing, or was made by ToHer.
func (m *Message) Discreet() bool {
	return m.discreet || m.Text == "" && m.Attached == nil || m.Form == Toast
}
