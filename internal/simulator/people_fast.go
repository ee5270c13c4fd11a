package simulator

import (
	"fmt"
	"slices"
)

// What many people at once need: to press without standing by for the answer, and to look at
// the end of a chat without copying all of it.

// Tap presses a button and does not wait for the answer: whoever taps looks at the chat.
func (s *Server) Tap(chatID int64, messageID int, data string) error {
	chat := s.chat(chatID)
	if chat == nil {
		return fmt.Errorf("chat %d: %w", chatID, ErrNoChat)
	}
	_, err := s.startPress(chat, messageID, data, 0)
	return err
}

// Newest is the bot's newest message in a chat, the zero Message when there is none, and a
// channel that is closed at the chat's next change.
func (s *Server) Newest(chatID int64) (Message, <-chan struct{}) {
	chat := s.chat(chatID)
	if chat == nil {
		return Message{}, nil
	}
	chat.mu.Lock()
	defer chat.mu.Unlock()
	for _, m := range slices.Backward(chat.messages) {
		if m.From.ID == s.me.ID && !m.Deleted {
			return *m, chat.wake()
		}
	}
	return Message{}, chat.wake()
}
