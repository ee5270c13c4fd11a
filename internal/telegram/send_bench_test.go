package telegram

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/dampingi/dampingi/internal/turn"
)

// bareServer answers every request on a loopback port with the same message and costs next to
// nothing itself: what is measured is the client.
func bareServer(tb testing.TB) string {
	tb.Helper()
	const answer = `{"ok":true,"result":{"message_id":51236,"from":{"id":700112233,"is_bot":true,"first_name":"Catatan Usaha","username":"catatan_usaha_bot"},"chat":{"id":5011223344,"first_name":"Ratna","type":"private"},"date":1795406500,"text":"Berapa modalnya?","reply_markup":{"inline_keyboard":[[{"text":"100rb","callback_data":"s3:1"},{"text":"150rb","callback_data":"s3:2"}]]}}}`
	reply := []byte("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + strconv.Itoa(len(answer)) + "\r\n\r\n" + answer)
	l, err := new(net.ListenConfig).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go serveBare(conn, reply)
		}
	}()
	return "http://" + l.Addr().String()
}

func serveBare(conn net.Conn, reply []byte) {
	defer func() { _ = conn.Close() }()
	r := bufio.NewReader(conn)
	for {
		length, chunked := 0, false
		for {
			line, err := r.ReadSlice('\n')
			if err != nil {
				return
			}
			if len(line) == 2 {
				break
			}
			if v, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
				length, _ = strconv.Atoi(string(bytes.TrimSpace(v)))
			}
			chunked = chunked || bytes.HasPrefix(line, []byte("Transfer-Encoding: chunked"))
		}
		for chunked {
			line, err := r.ReadSlice('\n')
			if err != nil {
				return
			}
			n, _ := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
			if _, err := io.CopyN(io.Discard, r, n+2); err != nil {
				return
			}
			chunked = n > 0
		}
		if _, err := r.Discard(length); err != nil {
			return
		}
		if _, err := conn.Write(reply); err != nil {
			return
		}
	}
}

func benchMessage() turn.Message {
	return turn.Message{
		ID: "m1", Chat: 5011223344, Form: turn.Card, Protect: true,
		Text:    "<b>Berapa hasil jualan hari ini?</b>\n\n1. Hari ini\n2. Melati\n\nTulis jumlahnya, atau ketuk di bawah.",
		Buttons: [][]turn.Button{{{Label: "100rb", Data: "s3:1"}, {Label: "150rb", Data: "s3:2"}}, {{Label: "Kembali", Data: "s3:b"}, {Label: "Batal", Data: "s3:x"}}},
	}
}

// cpu is the processor time that the process has used, server included.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// measure runs send with 16 goroutines a core and reports processor time, client and bare
// server together.
func measure(b *testing.B, send func(context.Context) error) {
	b.Helper()
	b.ReportAllocs()
	b.SetParallelism(16)
	ctx := context.Background()
	before := cpu()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := send(ctx); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64((cpu()-before).Nanoseconds())/float64(b.N), "cpu-ns/op")
}

func BenchmarkSend(b *testing.B) {
	url := bareServer(b)
	s, err := NewSender(SenderOptions{URL: url, Token: "1:a"})
	if err != nil {
		b.Fatal(err)
	}
	m := benchMessage()
	b.Run("card", func(b *testing.B) {
		measure(b, func(ctx context.Context) error { _, err := s.Send(ctx, m, 51236); return err })
	})
	toast := turn.Message{Form: turn.Toast, Chat: 5011223344, Callback: "21522999912345", Text: "Tercatat"}
	b.Run("toast", func(b *testing.B) {
		measure(b, func(ctx context.Context) error { _, err := s.Send(ctx, toast, 0); return err })
	})
	b.Run("card by the library", func(b *testing.B) {
		measure(b, func(ctx context.Context) error {
			_, err := s.bot.EditMessageText(ctx, &bot.EditMessageTextParams{
				ChatID: m.Chat, MessageID: 51236, Text: m.Text, ParseMode: models.ParseModeHTML,
				ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{
					{{Text: "100rb", CallbackData: "s3:1"}, {Text: "150rb", CallbackData: "s3:2"}},
					{{Text: "Kembali", CallbackData: "s3:b"}, {Text: "Batal", CallbackData: "s3:x"}},
				}},
			})
			if err != nil {
				return fmt.Errorf("library: %w", err)
			}
			return nil
		})
	})
}
