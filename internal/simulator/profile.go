package simulator

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"sync"
)

// BotCommand is one entry of the menu of commands.
type BotCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// profile is what the bot tells about itself.
type profile struct {
	mu       sync.Mutex
	commands map[string][]BotCommand      // by scope and language
	texts    map[string]map[string]string // "name", "description" …, by language
	menu     map[int64]json.RawMessage    // by chat; 0 is everybody's
}

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

// scopeKey names the scope and language of a call about commands.
func (s *Server) scopeKey(c *call) (string, error) {
	scope := struct {
		Type   string          `json:"type"`
		ChatID json.RawMessage `json:"chat_id"`
		UserID int64           `json:"user_id"`
	}{Type: "default"}
	if raw := c.object("scope"); raw != nil {
		if err := json.Unmarshal(raw, &scope); err != nil {
			return "", badRequest("can't parse BotCommandScope: wrong type of a field")
		}
	}
	language := c.str("language_code")
	if language != "" && len(language) != 2 {
		return "", badRequest("invalid language code specified")
	}
	var chatID int64
	switch scope.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
	case "chat", "chat_administrators", "chat_member":
		if _, err := fmt.Sscan(string(slices.DeleteFunc(scope.ChatID, func(b byte) bool { return b == '"' })), &chatID); err != nil || s.chat(chatID) == nil {
			return "", errChatNotFound
		}
	default:
		return "", badRequest("can't parse BotCommandScope: unsupported scope type")
	}
	return commandKey(scope.Type, chatID, scope.UserID, language), nil
}

func commandKey(kind string, chat, user int64, language string) string {
	return fmt.Sprintf("%s/%d/%d/%s", kind, chat, user, language)
}

// setMyCommands sets the menu of a scope.
func (s *Server) setMyCommands(c *call) error {
	key, err := s.scopeKey(c)
	if err != nil {
		return err
	}
	var list []BotCommand
	if err := json.Unmarshal(c.object("commands"), &list); err != nil {
		return badRequest("can't parse commands JSON array")
	}
	if len(list) > 100 {
		return badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	for i := range list {
		if n := len(list[i].Command); n > 0 && list[i].Command[0] == '/' {
			list[i].Command = list[i].Command[1:]
		}
		switch n := utf16Len(list[i].Description); {
		case !commandName.MatchString(list[i].Command):
			return badRequest("BOT_COMMAND_INVALID")
		case n == 0:
			return badRequest("command description must be non-empty")
		case n > 256:
			return badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	s.profile.mu.Lock()
	if s.profile.commands == nil {
		s.profile.commands = map[string][]BotCommand{}
	}
	s.profile.commands[key] = list
	s.profile.mu.Unlock()
	s.hub.publish("chats", nil)
	return s.yes(c)
}

// getMyCommands returns the menu of a scope.
func (s *Server) getMyCommands(c *call) error {
	key, err := s.scopeKey(c)
	if err != nil {
		return err
	}
	s.profile.mu.Lock()
	defer s.profile.mu.Unlock()
	list := s.profile.commands[key]
	if list == nil {
		list = []BotCommand{}
	}
	c.out = appendJSON(c.out, list)
	return nil
}

// deleteMyCommands forgets the menu of a scope.
func (s *Server) deleteMyCommands(c *call) error {
	key, err := s.scopeKey(c)
	if err != nil {
		return err
	}
	s.profile.mu.Lock()
	delete(s.profile.commands, key)
	s.profile.mu.Unlock()
	return s.yes(c)
}

// menuFor returns the commands a person sees, by Telegram's order of scopes.
func (s *Server) menuFor(chat int64, language string) []BotCommand {
	wide := "all_private_chats"
	if chat < 0 {
		wide = "all_group_chats"
	}
	s.profile.mu.Lock()
	defer s.profile.mu.Unlock()
	for _, key := range []string{
		commandKey("chat", chat, 0, language), commandKey("chat", chat, 0, ""),
		commandKey(wide, 0, 0, language), commandKey(wide, 0, 0, ""),
		commandKey("default", 0, 0, language), commandKey("default", 0, 0, ""),
	} {
		if list := s.profile.commands[key]; len(list) > 0 {
			return list
		}
	}
	return nil
}

// setText and getText keep one text of the bot's profile for a language.
func (s *Server) setText(c *call, key string, limit int) error {
	text := c.str(key)
	if utf16Len(text) > limit {
		return badRequestf("bot %s is too long", key)
	}
	s.profile.mu.Lock()
	defer s.profile.mu.Unlock()
	if s.profile.texts == nil {
		s.profile.texts = map[string]map[string]string{}
	}
	if s.profile.texts[key] == nil {
		s.profile.texts[key] = map[string]string{}
	}
	s.profile.texts[key][c.str("language_code")] = text
	return s.yes(c)
}

func (s *Server) getText(c *call, key, fallback string) error {
	s.profile.mu.Lock()
	defer s.profile.mu.Unlock()
	for _, text := range []string{s.profile.texts[key][c.str("language_code")], s.profile.texts[key][""]} {
		if text != "" {
			fallback = text
			break
		}
	}
	c.out = appendJSON(c.out, map[string]string{key: fallback})
	return nil
}

func (s *Server) setMyName(c *call) error        { return s.setText(c, "name", 64) }
func (s *Server) getMyName(c *call) error        { return s.getText(c, "name", s.me.FirstName) }
func (s *Server) setMyDescription(c *call) error { return s.setText(c, "description", 512) }
func (s *Server) getMyDescription(c *call) error { return s.getText(c, "description", "") }
func (s *Server) setMyShortDescription(c *call) error {
	return s.setText(c, "short_description", 120)
}
func (s *Server) getMyShortDescription(c *call) error {
	return s.getText(c, "short_description", "")
}

// setChatMenuButton sets the button beside the text field.
func (s *Server) setChatMenuButton(c *call) error {
	raw := c.object("menu_button")
	if raw != nil && !json.Valid(raw) {
		return badRequest("can't parse menu button JSON object")
	}
	s.profile.mu.Lock()
	defer s.profile.mu.Unlock()
	if s.profile.menu == nil {
		s.profile.menu = map[int64]json.RawMessage{}
	}
	s.profile.menu[c.int("chat_id")] = slices.Clone(raw)
	return s.yes(c)
}

// getChatMenuButton returns the button beside the text field.
func (s *Server) getChatMenuButton(c *call) error {
	s.profile.mu.Lock()
	defer s.profile.mu.Unlock()
	for _, raw := range []json.RawMessage{s.profile.menu[c.int("chat_id")], s.profile.menu[0]} {
		if raw != nil {
			c.out = append(c.out, raw...)
			return nil
		}
	}
	c.out = append(c.out, `{"type":"commands"}`...)
	return nil
}

// getChat describes a chat.
func (s *Server) getChat(c *call) error {
	chat, err := s.chatOf(c.params)
	if err != nil {
		return err
	}
	chat.mu.Lock()
	defer chat.mu.Unlock()
	c.out = appendJSON(c.out, struct {
		Chat
		AccentColorID    int `json:"accent_color_id"`
		MaxReactionCount int `json:"max_reaction_count"`
	}{chat.info, 1, 11})
	return nil
}

// getChatMember tells whether somebody is in a chat.
func (s *Server) getChatMember(c *call) error {
	chat, err := s.chatOf(c.params)
	if err != nil {
		return err
	}
	chat.mu.Lock()
	defer chat.mu.Unlock()
	id := c.int("user_id")
	user, status := chat.user, "member"
	switch {
	case id == s.me.ID:
		user = s.me
		if chat.state == blocked {
			status = "left"
		}
	case chat.id > 0 && id != chat.id:
		return badRequest("PARTICIPANT_ID_INVALID")
	default:
		user.ID = id
	}
	c.out = appendJSON(c.out, map[string]any{"user": user, "status": status})
	return nil
}

// leaveChat takes the bot out of a group.
func (s *Server) leaveChat(c *call) error {
	chat, err := s.chatOf(c.params)
	if err != nil {
		return err
	}
	if chat.id > 0 {
		return badRequest("chat member status can't be changed in private chats")
	}
	chat.mu.Lock()
	defer chat.mu.Unlock()
	if chat.state != member {
		return &apiError{code: 403, text: "Forbidden: bot is not a member of the group chat"}
	}
	s.setState(chat, blocked, "left")
	return s.yes(c)
}
