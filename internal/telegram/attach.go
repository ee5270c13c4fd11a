package telegram

import (
	"bytes"
	"context"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/dampingi/dampingi/internal/turn"
)

// uploadTime is how long a picture or a file may take to be sent: longer than a text, which has the
// client's.
const uploadTime = time.Minute

// attach sends a picture or a file and returns its message's id, 0 when it was not sent. It rings no
// phone: it comes to somebody who has just asked for it.
func (s *Sender) attach(ctx context.Context, m *turn.Message) (int, error) {
	if err := m.Check(); err != nil {
		return 0, &turn.Trouble{Kind: turn.Refused, Err: &apiError{method: "send", says: err.Error()}}
	}
	ctx, cancel := context.WithTimeout(ctx, max(uploadTime, s.client.timeout))
	defer cancel()
	id, err := s.upload(ctx, m, m.Text, models.ParseModeHTML)
	if why(err) == badHTML {
		s.alert(ctx, plainAlert+m.ID)
		id, err = s.upload(ctx, m, plainText(m.Text), "")
	}
	return id, err
}

// upload sends what is attached to a message once.
func (s *Sender) upload(ctx context.Context, m *turn.Message, caption string, mode models.ParseMode) (int, error) {
	file := &models.InputFileUpload{Filename: m.Attached.Name, Data: bytes.NewReader(m.Attached.Data)}
	var sent *models.Message
	var err error
	method := "sendDocument"
	if m.Form == turn.Picture {
		method = "sendPhoto"
		sent, err = s.bot.SendPhoto(ctx, &bot.SendPhotoParams{
			ChatID: m.Chat, Photo: file, Caption: caption, ParseMode: mode, ProtectContent: m.Protect, DisableNotification: true,
		})
	} else {
		sent, err = s.bot.SendDocument(ctx, &bot.SendDocumentParams{
			ChatID: m.Chat, Document: file, Caption: caption, ParseMode: mode, ProtectContent: m.Protect, DisableNotification: true,
		})
	}
	if err != nil {
		return 0, fromLibrary(method, err)
	}
	return sent.ID, nil
}
