package simulator

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

const (
	testToken = "123456:test-token"
	melati    = int64(501)
)

// start returns a server with one person, and its address.
func start(t testing.TB, opts Options) (*Server, string) {
	t.Helper()
	opts.Token = testToken
	if opts.Clock == nil {
		opts.Clock = NewClock(time.Date(2026, 11, 25, 10, 0, 0, 0, wib))
	}
	s := New(opts)
	s.AddChat(melati, "Melati", "peserta")
	web := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		s.Close()
		web.Close()
	})
	return s, web.URL
}

// client returns github.com/go-telegram/bot talking to the simulator.
func client(t testing.TB, url string) *bot.Bot {
	t.Helper()
	b, err := bot.New(testToken, bot.WithServerURL(url))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestGoTelegramClient(t *testing.T) {
	s, url := start(t, Options{})
	b := client(t, url)
	ctx := t.Context()
	keyboard := models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{
		{{Text: "👍 Datang", CallbackData: "a|1"}, {Text: "🙏 Tidak", CallbackData: "a|2"}},
	}}
	sent, err := b.SendMessage(ctx, &bot.SendMessageParams{
		ChatID: melati, Text: "Halo <b>Kak</b> & \"kawan\"\nbaris 😀", ParseMode: models.ParseModeHTML, ReplyMarkup: keyboard,
		ProtectContent: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := "Halo Kak & \"kawan\"\nbaris 😀"; sent.Text != want {
		t.Errorf("text = %q, want %q", sent.Text, want)
	}
	if len(sent.Entities) != 1 || sent.Entities[0].Type != "bold" || sent.Entities[0].Offset != 5 || sent.Entities[0].Length != 3 {
		t.Errorf("entities = %+v", sent.Entities)
	}
	if sent.ReplyMarkup == nil || sent.ReplyMarkup.InlineKeyboard[0][1].CallbackData != "a|2" {
		t.Errorf("reply_markup = %+v", sent.ReplyMarkup)
	}
	edit := &bot.EditMessageTextParams{ChatID: melati, MessageID: sent.ID, Text: "Sudah dicatat"}
	edited, err := b.EditMessageText(ctx, edit)
	if err != nil {
		t.Fatal(err)
	}
	if edited.Text != "Sudah dicatat" || edited.EditDate == 0 || edited.ReplyMarkup != nil {
		t.Errorf("edited = %+v", edited)
	}
	if _, err = b.EditMessageText(ctx, edit); !errors.Is(err, bot.ErrorBadRequest) || !strings.Contains(err.Error(), "message is not modified") {
		t.Errorf("second edit: %v", err)
	}
	if got := s.Messages(melati, 0); len(got) != 1 || got[0].Text != "Sudah dicatat" {
		t.Errorf("messages = %+v", got)
	}
}

func TestGoTelegramCallback(t *testing.T) {
	s, url := start(t, Options{})
	b := client(t, url)
	sent, err := b.SendMessage(t.Context(), &bot.SendMessageParams{ChatID: melati, Text: "Bisa ikut?", ReplyMarkup: models.InlineKeyboardMarkup{
		InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "Bisa", CallbackData: "ya"}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan Answer, 1)
	go func() {
		answer, err := s.Press(melati, sent.ID, "ya")
		if err != nil {
			t.Error(err)
		}
		got <- answer
	}()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	updates := poll(ctx, t, url, map[string]any{"timeout": 30})
	query := updates[0].CallbackQuery
	if query == nil || query.Data != "ya" || query.From.ID != melati || query.Message.Message.ID != sent.ID {
		t.Fatalf("update = %+v", updates[0])
	}
	params := &bot.AnswerCallbackQueryParams{CallbackQueryID: query.ID, Text: "Sampai jumpa", ShowAlert: true}
	if _, err := b.AnswerCallbackQuery(ctx, params); err != nil {
		t.Fatal(err)
	}
	if answer := <-got; answer.Text != "Sampai jumpa" || !answer.ShowAlert || !answer.Answered {
		t.Errorf("answer = %+v", answer)
	}
	if _, err := b.AnswerCallbackQuery(ctx, params); err == nil || !strings.Contains(err.Error(), "query is too old") {
		t.Errorf("second answer: %v", err)
	}
}

func TestGoTelegramFiles(t *testing.T) {
	s, url := start(t, Options{})
	b := client(t, url)
	ctx := t.Context()
	photo, err := b.SendPhoto(ctx, &bot.SendPhotoParams{
		ChatID: melati, Caption: "*Pekan ini*", ParseMode: models.ParseModeMarkdown,
		Photo: &models.InputFileUpload{Filename: "grafik.png", Data: strings.NewReader(string(onePixel))},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(photo.Photo) != 1 || photo.Photo[0].Width != 1 || photo.Caption != "Pekan ini" {
		t.Errorf("photo = %+v", photo)
	}
	document, err := b.SendDocument(ctx, &bot.SendDocumentParams{
		ChatID: melati, Document: &models.InputFileUpload{Filename: "rekap.xlsx", Data: strings.NewReader("PK\r\n--x")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if document.Document.FileName != "rekap.xlsx" || document.Document.FileSize != 7 {
		t.Errorf("document = %+v", document.Document)
	}
	group, err := b.SendMediaGroup(ctx, &bot.SendMediaGroupParams{ChatID: melati, Media: []models.InputMedia{
		&models.InputMediaPhoto{Media: "attach://a.png", MediaAttachment: strings.NewReader(string(onePixel)), Caption: "satu"},
		&models.InputMediaPhoto{Media: photo.Photo[0].FileID},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(group) != 2 || group[0].MediaGroupID == "" || group[0].MediaGroupID != group[1].MediaGroupID {
		t.Errorf("group = %+v", group)
	}
	file, err := b.GetFile(ctx, &bot.GetFileParams{FileID: document.Document.FileID})
	if err != nil {
		t.Fatal(err)
	}
	if got := fetch(t, b.FileDownloadLink(file)); got != "PK\r\n--x" {
		t.Errorf("download = %q", got)
	}
	if n := len(s.Messages(melati, 0)); n != 4 {
		t.Errorf("%d messages", n)
	}
}
