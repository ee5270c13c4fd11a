package simulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	_ "image/gif" // pictures may be GIF,
	_ "image/jpeg"
	_ "image/png"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
)

// Telegram's limits on files.
const (
	maxPhoto    = 10 << 20
	maxDownload = 20 << 20
)

// storedFile is one file that was sent.
type storedFile struct {
	id, unique, path string
	name, mime       string
	data             []byte
	width, height    int
}

// fileStore keeps every file that was sent.
type fileStore struct {
	mu     sync.RWMutex
	byID   map[string]*storedFile
	byPath map[string]*storedFile
}

// add keeps a copy of data.
func (f *fileStore) add(folder, name, kind string, data []byte) *storedFile {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.byID == nil {
		f.byID, f.byPath = map[string]*storedFile{}, map[string]*storedFile{}
	}
	ext := path.Ext(name)
	if kind == "" {
		kind = mime.TypeByExtension(ext)
	}
	n := len(f.byID)
	file := &storedFile{
		id:     fmt.Sprintf("BQACAgUAAxkBAAI%08dSimulator", n),
		unique: fmt.Sprintf("AgAD%08d", n),
		path:   fmt.Sprintf("%s/file_%d%s", folder, n, ext),
		name:   name,
		mime:   kind,
		data:   bytes.Clone(data),
	}
	if folder == "photos" {
		file.path = fmt.Sprintf("photos/file_%d.jpg", n)
	}
	if size, format, err := image.DecodeConfig(bytes.NewReader(data)); err == nil {
		file.width, file.height = size.Width, size.Height
		if file.mime == "" || folder == "photos" {
			file.mime = "image/" + format
		}
	}
	f.byID[file.id] = file
	f.byPath[file.path] = file
	return file
}

// get finds a file by its id.
func (f *fileStore) get(id string) *storedFile {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.byID[id]
}

// photo makes the PhotoSize list of a picture.
func (f *storedFile) photo() []PhotoSize {
	return []PhotoSize{{FileID: f.id, FileUniqueID: f.unique, FileSize: len(f.data), Width: f.width, Height: f.height}}
}

// document makes the Document of a file.
func (f *storedFile) document() *Document {
	return &Document{FileID: f.id, FileUniqueID: f.unique, FileName: f.name, MimeType: f.mime, FileSize: len(f.data)}
}

// inputMedia is Telegram's InputMedia.
type inputMedia struct {
	Type            string   `json:"type"`
	Media           string   `json:"media"`
	Caption         string   `json:"caption"`
	ParseMode       string   `json:"parse_mode"`
	CaptionEntities []Entity `json:"caption_entities"`
}

// inputFile finds the file a call sends: an upload, or the id of an older one.
func (s *Server) inputFile(c *call, kind, media string) (*storedFile, error) {
	up := c.file(kind)
	if attached, ok := strings.CutPrefix(media, "attach://"); ok {
		if up = c.file(attached); up == nil {
			return nil, badRequest("wrong file identifier/HTTP URL specified")
		}
	}
	switch {
	case up != nil && len(up.data) == 0:
		return nil, badRequest("file must be non-empty")
	case up != nil && kind == "photo" && len(up.data) > maxPhoto:
		return nil, errTooLarge
	case up != nil:
		file := s.store.add(kind+"s", up.name, up.mime, up.data)
		if kind == "photo" && file.width == 0 {
			return nil, badRequest("IMAGE_PROCESS_FAILED")
		}
		if kind == "photo" && (file.width+file.height > 10000 || file.width > 20*file.height || file.height > 20*file.width) {
			return nil, badRequest("PHOTO_INVALID_DIMENSIONS")
		}
		return file, nil
	case media == "":
		return nil, badRequestf("there is no %s in the request", kind)
	case strings.HasPrefix(media, "http://"), strings.HasPrefix(media, "https://"):
		return nil, badRequest("failed to get HTTP URL content")
	}
	file := s.store.get(media)
	if file == nil {
		return nil, badRequest("wrong file identifier/HTTP URL specified")
	}
	if kind == "photo" && !strings.HasPrefix(file.path, "photos/") {
		return nil, badRequest("can't use file of type Document as Photo")
	}
	return file, nil
}

// sendPhoto sends a picture.
func (s *Server) sendPhoto(c *call) error { return s.sendFile(c, "photo") }

// sendDocument sends a file.
func (s *Server) sendDocument(c *call) error { return s.sendFile(c, "document") }

// sendFile sends a picture or a file with its caption.
func (s *Server) sendFile(c *call, kind string) error {
	got, err := s.content(c, "caption", "caption_entities", maxCaption, errCaptionTooLong)
	if err != nil {
		return err
	}
	file, err := s.inputFile(c, kind, c.str(kind))
	if err != nil {
		return err
	}
	m := &Message{
		Caption: got.text, CaptionEntities: got.entities,
		ReplyMarkup: got.inline, ReplyKeyboard: got.keyboard,
	}
	m.attach(kind, file)
	if err := s.deliver(c, m); err != nil {
		return err
	}
	c.out = appendMessage(c.out, m)
	return nil
}

// attach puts a file into a message.
func (m *Message) attach(kind string, file *storedFile) {
	if kind == "photo" {
		m.Photo = file.photo()
	} else {
		m.Document = file.document()
	}
}

// mediaMessage makes a message of one InputMedia.
func (s *Server) mediaMessage(c *call, item inputMedia) (*Message, error) {
	if item.Type != "photo" && item.Type != "document" {
		return nil, badRequestf("type %q of InputMedia is not supported", item.Type)
	}
	caption, entities, err := parseText(item.Caption, item.ParseMode, item.CaptionEntities)
	if err != nil {
		return nil, err
	}
	if utf16Len(caption) > maxCaption {
		return nil, errCaptionTooLong
	}
	file, err := s.inputFile(c, item.Type, item.Media)
	if err != nil {
		return nil, err
	}
	m := &Message{Caption: caption, CaptionEntities: entities}
	m.attach(item.Type, file)
	return m, nil
}

// sendMediaGroup sends two to ten pictures, or files, as one album.
func (s *Server) sendMediaGroup(c *call) error {
	var items []inputMedia
	if err := json.Unmarshal(c.object("media"), &items); err != nil {
		return badRequest("can't parse media JSON object")
	}
	if len(items) < 2 || len(items) > 10 {
		return badRequest("there must be 2-10 media in an album")
	}
	list := make([]*Message, len(items))
	for i, item := range items {
		if item.Type != items[0].Type {
			return badRequest("media of different types can't be mixed in an album")
		}
		m, err := s.mediaMessage(c, item)
		if err != nil {
			return err
		}
		list[i] = m
	}
	group := fmt.Sprintf("13%015d", s.lastMessage.Load()+1)
	for _, m := range list {
		m.MediaGroupID = group
	}
	if err := s.deliver(c, list...); err != nil {
		return err
	}
	c.out = append(c.out, '[')
	for i, m := range list {
		if i > 0 {
			c.out = append(c.out, ',')
		}
		c.out = appendMessage(c.out, m)
	}
	c.out = append(c.out, ']')
	return nil
}

// getFile prepares a file for download.
func (s *Server) getFile(c *call) error {
	file := s.store.get(c.str("file_id"))
	switch {
	case c.str("file_id") == "":
		return badRequest("file_id not specified")
	case file == nil:
		return badRequest("invalid file_id")
	case len(file.data) > maxDownload:
		return badRequest("file is too big")
	}
	c.out = appendJSON(c.out, struct {
		ID     string `json:"file_id"`
		Unique string `json:"file_unique_id"`
		Size   int    `json:"file_size"`
		Path   string `json:"file_path"`
	}{file.id, file.unique, len(file.data), file.path})
	return nil
}

// serveFile is the download behind getFile.
func (s *Server) serveFile(w http.ResponseWriter, _ *http.Request, name string) {
	s.store.mu.RLock()
	file := s.store.byPath[name]
	s.store.mu.RUnlock()
	if file == nil {
		writeAnswer(w, http.StatusNotFound, appendError(nil, errNotFound))
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(file.data)
}
