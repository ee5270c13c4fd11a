package telegram

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/go-telegram/bot"
	"github.com/valyala/fasthttp"

	"github.com/dampingi/dampingi/internal/turn"
)

// reason is what Telegram says is wrong, as far as something follows from it.
type reason uint8

const (
	unknown reason = iota
	notModified
	editGone
	editClosed
	deleteGone
	deleteClosed
	badHTML
	queryExpired
	notMember
	webhookSet
	gone
	blocked
	mute
	tooLong
	empty
	badButton
	badFile
)

// sayings are Telegram's descriptions, by a part of each that has been stable for years, and
// how they are reported: never in Telegram's words, since those repeat parts of messages.
func sayings() []saying {
	return []saying{
		{"message is not modified", notModified, "the message is as it should be already"},
		{"message to edit not found", editGone, "the message to edit is gone"},
		{"message can't be edited", editClosed, "the message cannot be edited any more"},
		{"MESSAGE_ID_INVALID", editGone, "the message is gone"},
		{"message to delete not found", deleteGone, "the message to delete is gone"},
		{"message can't be deleted", deleteClosed, "the message cannot be deleted any more"},
		{"can't parse entities", badHTML, "the text is not Telegram's HTML"},
		{"unsupported start tag", badHTML, "the text is not Telegram's HTML"},
		{"query is too old", queryExpired, "the press is too old to be answered"},
		{"query id is invalid", queryExpired, "the press cannot be answered"},
		{"QUERY_ID_INVALID", queryExpired, "the press cannot be answered"},
		{"is not a member", notMember, "the bot is not a member"},
		{"bot was kicked", notMember, "the bot was removed"},
		{"webhook is active", webhookSet, "a webhook is set"},
		{"chat not found", gone, "chat not found"},
		{"user not found", gone, "user not found"},
		{"PEER_ID_INVALID", gone, "chat not found"},
		{"user is deactivated", gone, "the account is gone"},
		{"bot was blocked", blocked, "the bot was blocked"},
		{"can't initiate conversation", blocked, "the person has not started the bot"},
		{"have no rights to send", mute, "the bot may not write here"},
		{"not enough rights to send", mute, "the bot may not write here"},
		{"CHAT_WRITE_FORBIDDEN", mute, "the bot may not write here"},
		{"message is too long", tooLong, "the text is too long"},
		{"caption is too long", tooLong, "the caption is too long"},
		{"file must be non-empty", badFile, "there is nothing in the file"},
		{"IMAGE_PROCESS_FAILED", badFile, "the picture is none"},
		{"PHOTO_INVALID_DIMENSIONS", badFile, "the picture is too big"},
		{"Request Entity Too Large", badFile, "the file is too big"},
		{"MESSAGE_TOO_LONG", tooLong, "the text is too long"},
		{"text is empty", empty, "the text is empty"},
		{"text must be non-empty", empty, "the text is empty"},
		{"BUTTON_", badButton, "a button is not as it must be"},
		{"reply markup", badButton, "the keyboard is too big"},
	}
}

// saying is one of Telegram's descriptions.
type saying struct {
	part string
	why  reason
	says string
}

// apiError is an answer other than ok, told without anything personal.
type apiError struct {
	method string
	code   int
	why    reason
	says   string
}

// Error tells the method, the code and what follows.
func (e *apiError) Error() string {
	s := "telegram: " + e.method
	if e.code > 0 {
		s += ": " + strconv.Itoa(e.code)
	}
	if e.says != "" {
		s += ": " + e.says
	}
	return s
}

// why is the reason within an error, or unknown.
func why(err error) reason {
	var e *apiError
	if errors.As(err, &e) {
		return e.why
	}
	return unknown
}

// refusal turns an answer other than ok into the trouble it means.
func refusal(method string, code int, description string, after time.Duration) *turn.Trouble {
	e := &apiError{method: method, code: code}
	low := strings.ToLower(description)
	for _, s := range sayings() {
		if strings.Contains(low, strings.ToLower(s.part)) {
			e.why, e.says = s.why, s.says
			break
		}
	}
	t := &turn.Trouble{Err: e}
	switch {
	case code == 429:
		t.Kind, t.After = turn.Slow, max(after, time.Second)
		e.says = "too many requests"
	case code == 401 || code == 404: // a token that is no token is "Not Found"
		t.Kind = turn.Unauthorized
		e.says = "the token is not accepted"
	case code == 409:
		t.Kind = turn.Conflicted
		if e.says == "" {
			e.says = "another instance is polling"
		}
	case code == 403, e.why == gone, e.why == mute, e.why == notMember, e.why == blocked:
		t.Kind = turn.Unreachable
	case code >= 400 && code < 500 && code != 408:
		t.Kind = turn.Refused
	default:
		t.Kind = turn.Passing
	}
	return t
}

// broken is the trouble of a request that got no answer. Of the cause it repeats only what
// can hold neither address nor token.
func broken(method string, err error) *turn.Trouble {
	e := &apiError{method: method, says: "the connection broke"}
	t := &turn.Trouble{Kind: turn.Passing, Err: e}
	var (
		timeout net.Error
		dns     *net.DNSError
		number  syscall.Errno
		trust   *tls.CertificateVerificationError
	)
	switch {
	case errors.Is(err, context.Canceled):
		t.Err = &stopped{apiError: apiError{method: method, says: "given up"}, cause: context.Canceled}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, fasthttp.ErrTimeout),
		errors.Is(err, fasthttp.ErrDialTimeout), errors.As(err, &timeout) && timeout.Timeout():
		e.says = "no answer in time"
	case errors.Is(err, fasthttp.ErrNoFreeConns):
		e.says = "too many requests at once"
	case errors.As(err, &trust):
		e.says = "the server's certificate is not trusted"
	case errors.As(err, &dns):
		e.says = "the server's name cannot be resolved"
	case errors.As(err, &number):
		e.says = "the connection broke: " + number.Error()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, fasthttp.ErrConnectionClosed):
		e.says = "the connection was cut"
	}
	return t
}

// stopped is a request that was given up; it unwraps to the reason.
type stopped struct {
	apiError
	cause error
}

// Unwrap gives the cause.
func (s *stopped) Unwrap() error { return s.cause }

// fromLibrary sorts an error of the library, whose texts hold addresses and whole answers.
func fromLibrary(method string, err error) error {
	if err == nil {
		return nil
	}
	var slow *bot.TooManyRequestsError // errors.Is does not find it
	var moved *bot.MigrateError
	switch {
	case errors.As(err, &slow):
		return refusal(method, 429, "", time.Duration(slow.RetryAfter)*time.Second)
	case errors.As(err, &moved):
		return refusal(method, 400, "", 0)
	}
	codes := []struct {
		err  error
		code int
	}{
		{bot.ErrorUnauthorized, 401}, {bot.ErrorForbidden, 403}, {bot.ErrorNotFound, 404},
		{bot.ErrorConflict, 409}, {bot.ErrorBadRequest, 400},
	}
	for _, c := range codes {
		if errors.Is(err, c.err) {
			return refusal(method, c.code, err.Error(), 0)
		}
	}
	if _, rest, ok := strings.Cut(err.Error(), "for method "+method+", "); ok { // a code it has no error for
		number, text, _ := strings.Cut(rest, " ")
		if code, err := strconv.Atoi(number); err == nil && code >= 400 {
			return refusal(method, code, text, 0)
		}
	}
	return broken(method, err)
}
