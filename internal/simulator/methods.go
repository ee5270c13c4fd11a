package simulator

import (
	"encoding/json"
	"maps"
	"strings"
)

// method is one method of the Bot API.
type method func(*Server, *call) error

// methods are the Bot API methods the simulator knows, also by their names in
// lower case: Telegram reads them in any.
func methods() map[string]method {
	table := map[string]method{
		"getMe":                  (*Server).getMe,
		"getUpdates":             (*Server).getUpdates,
		"setWebhook":             (*Server).setWebhook,
		"deleteWebhook":          (*Server).deleteWebhook,
		"getWebhookInfo":         (*Server).getWebhookInfo,
		"logOut":                 (*Server).yes,
		"close":                  (*Server).yes,
		"sendMessage":            (*Server).sendMessage,
		"sendPhoto":              (*Server).sendPhoto,
		"sendDocument":           (*Server).sendDocument,
		"sendMediaGroup":         (*Server).sendMediaGroup,
		"sendChatAction":         (*Server).sendChatAction,
		"editMessageText":        (*Server).editMessageText,
		"editMessageCaption":     (*Server).editMessageCaption,
		"editMessageMedia":       (*Server).editMessageMedia,
		"editMessageReplyMarkup": (*Server).editMessageReplyMarkup,
		"deleteMessage":          (*Server).deleteMessage,
		"deleteMessages":         (*Server).deleteMessages,
		"answerCallbackQuery":    (*Server).answerCallbackQuery,
		"getFile":                (*Server).getFile,
		"getChat":                (*Server).getChat,
		"getChatMember":          (*Server).getChatMember,
		"leaveChat":              (*Server).leaveChat,
		"setMyCommands":          (*Server).setMyCommands,
		"getMyCommands":          (*Server).getMyCommands,
		"deleteMyCommands":       (*Server).deleteMyCommands,
		"setMyName":              (*Server).setMyName,
		"getMyName":              (*Server).getMyName,
		"setMyDescription":       (*Server).setMyDescription,
		"getMyDescription":       (*Server).getMyDescription,
		"setMyShortDescription":  (*Server).setMyShortDescription,
		"getMyShortDescription":  (*Server).getMyShortDescription,
		"setChatMenuButton":      (*Server).setChatMenuButton,
		"getChatMenuButton":      (*Server).getChatMenuButton,
	}
	for name, m := range maps.Clone(table) {
		table[strings.ToLower(name)] = m
	}
	return table
}

// yes answers true.
func (s *Server) yes(c *call) error {
	c.out = append(c.out, "true"...)
	return nil
}

// getMe tells who the bot is.
func (s *Server) getMe(c *call) error {
	c.out = appendJSON(c.out, struct {
		User
		JoinGroups bool `json:"can_join_groups"`
		ReadAll    bool `json:"can_read_all_group_messages"`
		Inline     bool `json:"supports_inline_queries"`
		Business   bool `json:"can_connect_to_business"`
		WebApp     bool `json:"has_main_web_app"`
	}{User: s.me}) // as an institution sets it up at @BotFather: no groups, nothing inline
	return nil
}

// content is what a message says: a text or a caption, and its keyboard.
type content struct {
	text     string
	entities []Entity
	inline   *InlineKeyboard
	keyboard json.RawMessage
}

// content reads a text (or caption) and the keyboard of a call.
func (s *Server) content(c *call, textKey, entitiesKey string, limit int, tooLong error) (content, error) {
	var given []Entity
	mode := c.str("parse_mode")
	if raw := c.object(entitiesKey); raw != nil && mode == "" {
		if err := json.Unmarshal(raw, &given); err != nil {
			return content{}, badRequest("can't parse entities JSON object")
		}
	}
	var got content
	var err error
	if got.text, got.entities, err = parseText(c.str(textKey), mode, given); err != nil {
		return content{}, err
	}
	if utf16Len(got.text) > limit {
		return content{}, tooLong
	}
	got.inline, got.keyboard, err = parseMarkup(c.object("reply_markup"))
	return got, err
}

// textContent reads the text of sendMessage and editMessageText.
func (s *Server) textContent(c *call) (content, error) {
	if c.str("text") == "" {
		return content{}, errTextEmpty
	}
	got, err := s.content(c, "text", "entities", maxText, errTextTooLong)
	if err == nil && got.text == "" {
		err = errTextBlank
	}
	return got, err
}

// sendMessage sends a text.
func (s *Server) sendMessage(c *call) error {
	got, err := s.textContent(c)
	if err != nil {
		return err
	}
	m := &Message{Text: got.text, Entities: got.entities, ReplyMarkup: got.inline, ReplyKeyboard: got.keyboard}
	if err := s.deliver(c, m); err != nil {
		return err
	}
	c.out = appendMessage(c.out, m)
	return nil
}

// deliver puts messages of the bot into the chat of the call.
func (s *Server) deliver(c *call, list ...*Message) error {
	chat, err := s.chatOf(c.params)
	if err != nil {
		return err
	}
	chat.mu.Lock()
	defer chat.mu.Unlock()
	if err := s.writable(chat); err != nil {
		return err
	}
	reply, err := replyTo(c, chat)
	if err != nil {
		return err
	}
	if err := s.admit(chat, len(list)); err != nil {
		return err
	}
	silent, protected := c.bool("disable_notification"), c.bool("protect_content")
	for _, m := range list {
		m.From = s.me
		m.ReplyToMessage = reply
		m.Silent, m.HasProtected = silent, protected
		s.add(chat, m)
	}
	return nil
}

// replyTo finds the message that the call replies to; the chat is locked.
func replyTo(c *call, chat *chat) (*Message, error) {
	var reply struct {
		MessageID int  `json:"message_id"`
		Allow     bool `json:"allow_sending_without_reply"`
	}
	if raw := c.object("reply_parameters"); raw != nil {
		if err := json.Unmarshal(raw, &reply); err != nil {
			return nil, badRequest("can't parse reply parameters JSON object")
		}
	} else {
		reply.MessageID = int(c.int("reply_to_message_id"))
		reply.Allow = c.bool("allow_sending_without_reply")
	}
	if reply.MessageID == 0 {
		return nil, nil
	}
	m := chat.message(reply.MessageID)
	if m == nil {
		if reply.Allow {
			return nil, nil
		}
		return nil, errReplyNotFound
	}
	flat := *m
	flat.ReplyToMessage = nil // Telegram nests only once
	return &flat, nil
}

// sendChatAction shows "typing" on the page.
func (s *Server) sendChatAction(c *call) error {
	chat, err := s.chatOf(c.params)
	if err != nil {
		return err
	}
	action := c.str("action")
	switch action {
	case "typing", "upload_photo", "upload_document", "upload_video", "record_voice", "upload_voice",
		"record_video", "choose_sticker", "find_location", "record_video_note", "upload_video_note":
	default:
		return badRequest("wrong parameter action in request")
	}
	chat.mu.Lock()
	err = s.writable(chat)
	chat.mu.Unlock()
	if err != nil {
		return err
	}
	s.hub.publish("action", func() any {
		return map[string]any{"chat": chat.id, "action": action}
	})
	return s.yes(c)
}
