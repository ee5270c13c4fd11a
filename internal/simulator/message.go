package simulator

import "encoding/json"

// User is Telegram's User.
type User struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

// Chat is Telegram's Chat.
type Chat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	FirstName string `json:"first_name,omitempty"`
}

// Entity is Telegram's MessageEntity; offsets count UTF-16 code units.
type Entity struct {
	Type          string `json:"type"`
	Offset        int    `json:"offset"`
	Length        int    `json:"length"`
	URL           string `json:"url,omitempty"`
	Language      string `json:"language,omitempty"`
	User          *User  `json:"user,omitempty"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
}

// Button is Telegram's InlineKeyboardButton.
type Button struct {
	Text         string `json:"text"`
	CallbackData string `json:"callback_data,omitempty"`
	URL          string `json:"url,omitempty"`
}

// InlineKeyboard is Telegram's InlineKeyboardMarkup.
type InlineKeyboard struct {
	InlineKeyboard [][]Button `json:"inline_keyboard"`
}

// PhotoSize is Telegram's PhotoSize.
type PhotoSize struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileSize     int    `json:"file_size,omitempty"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
}

// Document is Telegram's Document; Voice uses it too.
type Document struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileName     string `json:"file_name,omitempty"`
	MimeType     string `json:"mime_type,omitempty"`
	FileSize     int    `json:"file_size,omitempty"`
}

// Voice is Telegram's Voice.
type Voice struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	Duration     int    `json:"duration"`
	MimeType     string `json:"mime_type,omitempty"`
	FileSize     int    `json:"file_size,omitempty"`
}

// Contact is Telegram's Contact.
type Contact struct {
	PhoneNumber string `json:"phone_number"`
	FirstName   string `json:"first_name"`
	LastName    string `json:"last_name,omitempty"`
	UserID      int64  `json:"user_id,omitempty"`
}

// Location is Telegram's Location.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Sticker is Telegram's Sticker.
type Sticker struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	Type         string `json:"type"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
	IsAnimated   bool   `json:"is_animated"`
	IsVideo      bool   `json:"is_video"`
	Emoji        string `json:"emoji,omitempty"`
}

// ForwardOrigin is Telegram's MessageOrigin of a hidden user.
type ForwardOrigin struct {
	Type           string `json:"type"`
	Date           int64  `json:"date"`
	SenderUserName string `json:"sender_user_name"`
}

// Message is Telegram's Message, as far as the simulator knows it, with four
// fields of the people's side at the end. A Message is never changed once it
// has been stored: an edit stores another one.
type Message struct {
	MessageID       int             `json:"message_id"`
	From            User            `json:"from"`
	Chat            Chat            `json:"chat"`
	Date            int64           `json:"date"`
	EditDate        int64           `json:"edit_date,omitempty"`
	ForwardOrigin   *ForwardOrigin  `json:"forward_origin,omitempty"`
	ReplyToMessage  *Message        `json:"reply_to_message,omitempty"`
	MediaGroupID    string          `json:"media_group_id,omitempty"`
	HasProtected    bool            `json:"has_protected_content,omitempty"`
	Text            string          `json:"text,omitempty"`
	Entities        []Entity        `json:"entities,omitempty"`
	Photo           []PhotoSize     `json:"photo,omitempty"`
	Document        *Document       `json:"document,omitempty"`
	Voice           *Voice          `json:"voice,omitempty"`
	Sticker         *Sticker        `json:"sticker,omitempty"`
	Contact         *Contact        `json:"contact,omitempty"`
	Location        *Location       `json:"location,omitempty"`
	Caption         string          `json:"caption,omitempty"`
	CaptionEntities []Entity        `json:"caption_entities,omitempty"`
	ReplyMarkup     *InlineKeyboard `json:"reply_markup,omitempty"`

	// ReplyKeyboard is the keyboard below the text field that came with this
	// message ("remove_keyboard" takes it away). Only the people's side has it.
	ReplyKeyboard json.RawMessage `json:"reply_keyboard,omitempty"`
	// Silent says that the phone makes no sound. Only the people's side has it.
	Silent bool `json:"silent,omitempty"`
	// Arrived is the text a message had when it came, once an edit has changed it: what a phone
	// announced. Only the people's side has it.
	Arrived string `json:"arrived,omitempty"`
	// Deleted messages stay in the list of the people's side.
	Deleted bool `json:"deleted,omitempty"`
}

// Buttons returns the inline keyboard's buttons in reading order.
func (m Message) Buttons() []Button {
	if m.ReplyMarkup == nil {
		return nil
	}
	var all []Button
	for _, row := range m.ReplyMarkup.InlineKeyboard {
		all = append(all, row...)
	}
	return all
}

// hasMedia says whether the message is something else than text.
func (m *Message) hasMedia() bool {
	return m.Photo != nil || m.Document != nil || m.Voice != nil ||
		m.Sticker != nil || m.Contact != nil || m.Location != nil
}

// plain says whether the hand-written encoder knows every field that is set.
func (m *Message) plain() bool {
	return !m.hasMedia() && m.ForwardOrigin == nil && m.ReplyToMessage == nil &&
		m.MediaGroupID == "" && m.Caption == ""
}

// Answer is what the person sees of an answered callback query.
type Answer struct {
	Answered  bool   `json:"answered"`
	Text      string `json:"text"`
	ShowAlert bool   `json:"show_alert"`
	URL       string `json:"url,omitempty"`
}
