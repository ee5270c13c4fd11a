package simulator

import (
	"fmt"
	"strconv"
)

// apiError is an answer of the Bot API that is not ok.
type apiError struct {
	code       int
	text       string
	retryAfter int
}

// Error makes apiError an error.
func (e *apiError) Error() string { return e.text }

// badRequest is Telegram's 400 with its prefix.
func badRequest(text string) *apiError {
	return &apiError{code: 400, text: "Bad Request: " + text}
}

// badRequestf is badRequest with a format.
func badRequestf(format string, args ...any) *apiError {
	return badRequest(fmt.Sprintf(format, args...))
}

// tooManyRequests is Telegram's 429.
func tooManyRequests(seconds int) *apiError {
	return &apiError{
		code:       429,
		text:       "Too Many Requests: retry after " + strconv.Itoa(seconds),
		retryAfter: seconds,
	}
}

// The answers of the Bot API that have no parameters, word for word.
var (
	errUnauthorized    = &apiError{code: 401, text: "Unauthorized"}
	errNotFound        = &apiError{code: 404, text: "Not Found"}
	errBlocked         = &apiError{code: 403, text: "Forbidden: bot was blocked by the user"}
	errDeactivated     = &apiError{code: 403, text: "Forbidden: user is deactivated"}
	errNotStarted      = &apiError{code: 403, text: "Forbidden: bot can't initiate conversation with a user"}
	errKicked          = &apiError{code: 403, text: "Forbidden: bot was kicked from the group chat"}
	errTooLarge        = &apiError{code: 413, text: "Request Entity Too Large"}
	errOtherPoll       = &apiError{code: 409, text: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}
	errSetWebhook      = &apiError{code: 409, text: "Conflict: terminated by setWebhook request"}
	errWebhookActive   = &apiError{code: 409, text: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}
	errChatEmpty       = badRequest("chat_id is empty")
	errChatNotFound    = badRequest("chat not found")
	errTextEmpty       = badRequest("message text is empty")
	errTextBlank       = badRequest("text must be non-empty")
	errTextTooLong     = badRequest("message is too long")
	errCaptionTooLong  = badRequest("message caption is too long")
	errNotUTF8         = badRequest("text must be encoded in UTF-8")
	errParseMode       = badRequest("unsupported parse_mode")
	errButtonData      = badRequest("BUTTON_DATA_INVALID")
	errMarkupTooLong   = badRequest("reply markup is too long")
	errMessageID       = badRequest("message identifier is not specified")
	errEditNotFound    = badRequest("message to edit not found")
	errCantEdit        = badRequest("message can't be edited")
	errNoTextToEdit    = badRequest("there is no text in the message to edit")
	errNoCaptionToEdit = badRequest("there is no caption in the message to edit")
	errNoMediaToEdit   = badRequest("there is no media in the message to edit")
	errNotModified     = badRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	errDeleteNotFound  = badRequest("message to delete not found")
	errCantDelete      = badRequest("message can't be deleted")
	errCantDeleteAll   = badRequest("message can't be deleted for everyone")
	errReplyNotFound   = badRequest("message to be replied not found")
	errQueryTooOld     = badRequest("query is too old and response timeout expired or query ID is invalid")
)
