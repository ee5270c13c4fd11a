package telegram

import (
	"context"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/dampingi/dampingi/internal/turn"
)

// The rare methods, by the library.

// Command is one line of the menu that Telegram shows at the text field.
type Command struct {
	Name        string // without the slash
	Description string
}

// Account is the bot as Telegram knows it.
type Account struct {
	ID       int64
	Username string // without the @
	Name     string
	Groups   bool // it can be taken into groups
}

// Me asks Telegram who the bot is: the check that the server is there and takes the token.
func (s *Sender) Me(ctx context.Context) (Account, error) {
	me, err := s.bot.GetMe(ctx)
	if err != nil {
		return Account{}, fromLibrary("getMe", err)
	}
	return Account{ID: me.ID, Username: me.Username, Name: me.FirstName, Groups: me.CanJoinGroups}, nil
}

// SetName sets the name under which everybody sees the bot: at most 64 characters. Telegram lets it
// be changed a few times a day, so nothing is sent when it is that name already.
func (s *Sender) SetName(ctx context.Context, name string) error {
	now, err := s.bot.GetMyName(ctx, &bot.GetMyNameParams{})
	if err != nil {
		return fromLibrary("getMyName", err)
	}
	if now.Name == name {
		return nil
	}
	if _, err := s.bot.SetMyName(ctx, &bot.SetMyNameParams{Name: name}); err != nil {
		return fromLibrary("setMyName", err)
	}
	return nil
}

// Commands sets the menu of one chat, or with chat 0 that of every private chat which has
// none of its own; lang may be empty for all languages. No commands at all clear the menu.
func (s *Sender) Commands(ctx context.Context, chat int64, lang string, commands []Command) error {
	var scope models.BotCommandScope = &models.BotCommandScopeAllPrivateChats{}
	if chat != 0 {
		scope = &models.BotCommandScopeChat{ChatID: chat}
	}
	list := make([]models.BotCommand, len(commands))
	for i, c := range commands {
		list[i] = models.BotCommand{Command: c.Name, Description: c.Description}
	}
	if len(list) == 0 {
		_, err := s.bot.DeleteMyCommands(ctx, &bot.DeleteMyCommandsParams{Scope: scope, LanguageCode: lang})
		return fromLibrary("deleteMyCommands", err)
	}
	_, err := s.bot.SetMyCommands(ctx, &bot.SetMyCommandsParams{Commands: list, Scope: scope, LanguageCode: lang})
	return fromLibrary("setMyCommands", err)
}

// commands sets a chat's menu to what a message lists.
func (s *Sender) commands(ctx context.Context, m *turn.Message) error {
	ctx, cancel := context.WithTimeout(ctx, s.client.timeout)
	defer cancel()
	list := make([]Command, 0, len(m.Buttons))
	for _, row := range m.Buttons {
		for _, b := range row {
			list = append(list, Command{Name: b.Data, Description: b.Label})
		}
	}
	return s.Commands(ctx, m.Chat, "", list)
}

// SetWebhook asks Telegram to bring the updates to address, with secret in every request.
func (s *Sender) SetWebhook(ctx context.Context, address, secret string) error {
	_, err := s.bot.SetWebhook(ctx, &bot.SetWebhookParams{
		URL: address, SecretToken: secret, AllowedUpdates: allowedUpdates(),
	})
	return fromLibrary("setWebhook", err)
}

// DeleteWebhook asks Telegram to keep the updates for polling. Those that wait are kept.
func (s *Sender) DeleteWebhook(ctx context.Context) error {
	_, err := s.bot.DeleteWebhook(ctx, &bot.DeleteWebhookParams{})
	return fromLibrary("deleteWebhook", err)
}

// leave leaves a group; not being in it any more is what was wanted.
func (s *Sender) leave(ctx context.Context, chat int64) error {
	ctx, cancel := context.WithTimeout(ctx, s.client.timeout)
	defer cancel()
	_, err := s.bot.LeaveChat(ctx, &bot.LeaveChatParams{ChatID: chat})
	err = fromLibrary("leaveChat", err)
	if w := why(err); w == notMember || w == gone {
		return nil
	}
	return err
}

// allowedUpdates are those that Decode knows how to use.
func allowedUpdates() []string {
	return []string{
		models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage,
		models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember,
	}
}
