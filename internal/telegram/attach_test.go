package telegram

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/turn"
)

// upload is what a server saw of a picture or a file.
type upload struct {
	method, file, name string
	fields             map[string]string
}

// uploads is a server that takes pictures and files, and gives answers in their turn.
func uploads(t *testing.T, answers ...answer) (*Sender, *[]upload, *[]string) {
	t.Helper()
	var seen []upload
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		u := upload{method: strings.TrimPrefix(r.URL.Path, "/bot"+canaryToken+"/"), fields: map[string]string{}}
		parts, err := r.MultipartReader()
		if err != nil {
			t.Errorf("%s came as %q: %v", u.method, r.Header.Get("Content-Type"), err)
			return
		}
		form, err := parts.ReadForm(4 << 20)
		if err != nil {
			t.Errorf("%s: %v", u.method, err)
			return
		}
		for key, values := range form.Value {
			u.fields[key] = values[0]
		}
		for _, files := range form.File {
			f, err := files[0].Open()
			if err != nil {
				t.Error(err)
				return
			}
			data, _ := io.ReadAll(f)
			u.file, u.name = string(data), files[0].Filename
		}
		seen = append(seen, u)
		said := answers[0]
		if answers = answers[1:]; len(answers) == 0 {
			answers = []answer{said}
		}
		w.WriteHeader(said.status)
		_, _ = io.WriteString(w, said.body)
	}))
	t.Cleanup(server.Close)
	var alerts []string
	return newTestSender(t, &api{Server: server}, &alerts), &seen, &alerts
}

// attached is a picture with a caption.
func attached(form turn.Form) turn.Message {
	return turn.Message{
		ID: "u1.0", Chat: canaryChat, Form: form, Text: "<b>Kontak</b> & <i>rencana</i>", Protect: true,
		Attached: &turn.Attached{Name: "kontak.png", Data: []byte("canary bytes")},
	}
}

// TestPicturesAndFilesAreUploaded as Telegram wants them: protected, without a sound, and with their name.
func TestPicturesAndFilesAreUploaded(t *testing.T) {
	for form, method := range map[turn.Form]string{turn.Picture: "sendPhoto", turn.Document: "sendDocument"} {
		s, seen, _ := uploads(t, sent("41"))
		shown, err := s.Send(t.Context(), attached(form), 7)
		if err != nil || shown != (turn.Shown{Card: 7, New: 41, Attached: true}) {
			t.Errorf("%s: shown %+v, %v", method, shown, err)
		}
		u := (*seen)[0]
		if u.method != method || u.file != "canary bytes" || u.name != "kontak.png" || u.fields["chat_id"] != "5011223344" ||
			u.fields["caption"] != "<b>Kontak</b> & <i>rencana</i>" || u.fields["parse_mode"] != "HTML" ||
			u.fields["protect_content"] != "true" || u.fields["disable_notification"] != "true" {
			t.Errorf("%s: uploaded %+v", method, u)
		}
	}
}

// TestACaptionThatIsNoHTMLGoesOutAsText, as a text does.
func TestACaptionThatIsNoHTMLGoesOutAsText(t *testing.T) {
	s, seen, alerts := uploads(t, no(400, "Bad Request: can't parse entities: unclosed"), sent("42"))
	if shown, err := s.Send(t.Context(), attached(turn.Picture), 0); err != nil || shown.New != 42 {
		t.Errorf("shown %+v, %v", shown, err)
	}
	if u := (*seen)[1]; u.fields["caption"] != "Kontak & rencana" || u.fields["parse_mode"] != "" || u.file != "canary bytes" || len(*alerts) != 1 {
		t.Errorf("the second time: %+v, alerts %v", u, *alerts)
	}
}

// TestTroubleOfUploadsIsSorted like any other, and tells nothing of what was sent.
func TestTroubleOfUploadsIsSorted(t *testing.T) {
	for want, answers := range map[turn.TroubleKind][]answer{
		turn.Unreachable:  {no(403, "Forbidden: bot was blocked by the user"), no(400, "Bad Request: chat not found")},
		turn.Refused:      {no(400, "Bad Request: IMAGE_PROCESS_FAILED"), no(400, "Bad Request: message caption is too long"), no(413, "Request Entity Too Large")},
		turn.Passing:      {no(500, "Internal Server Error"), no(502, "Bad Gateway")},
		turn.Slow:         {{status: 429, body: `{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":3}}`}},
		turn.Unauthorized: {no(401, "Unauthorized")},
	} {
		for _, said := range answers {
			s, _, _ := uploads(t, said)
			shown, err := s.Send(t.Context(), attached(turn.Picture), 7)
			if kindOf(err) != want || shown != (turn.Shown{Card: 7}) {
				t.Errorf("%s: %+v, trouble %v, want %v: %v", said.body, shown, kindOf(err), want, err)
			}
			noCanary(t, err, nil)
		}
	}
	s, seen, _ := uploads(t, sent("41"))
	big := attached(turn.Document)
	big.Attached = &turn.Attached{Name: "x", Data: make([]byte, turn.MostAttached+1)}
	if _, err := s.Send(t.Context(), big, 0); kindOf(err) != turn.Refused || len(*seen) != 0 {
		t.Errorf("what is too big was sent %d times: %v", len(*seen), err)
	}
}
