// Package telegram talks to the Bot API: updates come in by long polling or a webhook and are
// decoded, messages go out, and Telegram's errors become kinds of trouble.
//
// Nothing here logs or returns what a message says, whom it concerns, or the token.
package telegram
