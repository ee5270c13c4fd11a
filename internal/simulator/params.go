package simulator

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxBody bounds a request: a document of 50 MB and what is around it.
const maxBody = 52 << 20

// field is one parameter of a call. The value of a JSON body stays raw.
type field struct {
	key  string
	val  []byte
	json bool
}

// upload is one file of a multipart body.
type upload struct {
	field, name, mime string
	data              []byte
}

// params are the parameters of one call, whatever body brought them. The
// values point into the request's buffer: what is kept must be copied.
type params struct {
	fields []field
	files  []upload
}

// read fills p from the query and the body of r, using buf for the body; it
// returns the buffer for the next request.
func (p *params) read(r *http.Request, buf []byte) ([]byte, error) {
	if r.URL.RawQuery != "" {
		p.addForm(r.URL.RawQuery)
	}
	if r.Body == nil || r.Method == http.MethodGet {
		return buf, nil
	}
	buf, err := readAll(buf[:0], r.Body)
	if err != nil {
		return buf, err
	}
	if len(bytes.TrimSpace(buf)) == 0 {
		return buf, nil
	}
	kind := r.Header.Get("Content-Type")
	switch {
	case strings.HasPrefix(kind, "application/json"):
		return buf, p.addJSON(buf)
	case strings.HasPrefix(kind, "multipart/form-data"):
		return buf, p.addMultipart(buf, kind)
	default:
		p.addForm(string(buf))
		return buf, nil
	}
}

// readAll reads a whole body into buf.
func readAll(buf []byte, r io.Reader) ([]byte, error) {
	for {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if len(buf) > maxBody {
			return buf, errTooLarge
		}
		if err == io.EOF {
			return buf, nil
		}
		if err != nil {
			return buf, badRequest("can't read the request body")
		}
	}
}

// addForm adds a form-urlencoded text.
func (p *params) addForm(text string) {
	values, err := url.ParseQuery(text)
	if err != nil && len(values) == 0 {
		return
	}
	for key, list := range values {
		p.fields = append(p.fields, field{key: key, val: []byte(list[0])})
	}
}

// addJSON adds the members of a JSON object without decoding their values.
func (p *params) addJSON(b []byte) error {
	if !json.Valid(b) {
		return badRequest("can't parse request body as JSON object")
	}
	i := skipSpace(b, 0)
	if b[i] == 'n' {
		return nil // null: no parameters
	}
	if b[i] != '{' {
		return badRequest("can't parse request body as JSON object")
	}
	for key, value := range members(b) {
		p.fields = append(p.fields, field{key: unquote(key), val: value, json: true})
	}
	return nil
}

// skipSpace returns the index of the next byte of valid JSON that is no space.
func skipSpace(b []byte, i int) int {
	for b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r' {
		i++
	}
	return i
}

// skipValue returns the end of the value of valid JSON that begins at i.
func skipValue(b []byte, i int) int {
	depth := 0
	for ; i < len(b); i++ {
		switch b[i] {
		case '"':
			for i++; b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ' ', '\n', '\t', '\r':
			if depth == 0 {
				return i
			}
		}
	}
	return i
}

// unquote decodes a valid JSON string.
func unquote(b []byte) string {
	inside := b[1 : len(b)-1]
	if bytes.IndexByte(inside, '\\') < 0 {
		return string(inside)
	}
	out := make([]byte, 0, len(inside))
	for i := 0; i < len(inside); i++ {
		c := inside[i]
		if c == '\\' {
			i++
			switch c = inside[i]; c {
			case '"', '\\', '/':
			case 'n':
				c = '\n'
			case 't':
				c = '\t'
			default: // rare, and \u has its own rules
				var s string
				if err := json.Unmarshal(b, &s); err != nil {
					return ""
				}
				return s
			}
		}
		out = append(out, c)
	}
	return string(out)
}

// addMultipart adds the parts of a multipart/form-data body.
func (p *params) addMultipart(b []byte, contentType string) error {
	_, attrs, err := mime.ParseMediaType(contentType)
	if err != nil || attrs["boundary"] == "" {
		return badRequest("can't parse multipart boundary")
	}
	boundary := []byte("\r\n--" + attrs["boundary"])
	b = bytes.TrimPrefix(b, []byte("\r\n"))
	if !bytes.HasPrefix(b, boundary[2:]) {
		return badRequest("can't parse multipart body")
	}
	b = b[len(boundary)-2:]
	for !bytes.HasPrefix(b, []byte("--")) {
		b = bytes.TrimPrefix(b, []byte("\r\n"))
		head, rest, ok := bytes.Cut(b, []byte("\r\n\r\n"))
		if !ok {
			return badRequest("can't parse multipart body")
		}
		end := bytes.Index(rest, boundary)
		if end < 0 {
			return badRequest("can't parse multipart body")
		}
		p.addPart(head, rest[:end])
		b = rest[end+len(boundary):]
	}
	return nil
}

// addPart adds one part of a multipart body.
func (p *params) addPart(head, body []byte) {
	var f upload
	file := false
	for line := range bytes.SplitSeq(head, []byte("\r\n")) {
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch {
		case bytes.EqualFold(name, []byte("Content-Disposition")):
			if plain, ok := plainName(value); ok {
				f.field = plain
				continue
			}
			if _, attrs, err := mime.ParseMediaType(string(value)); err == nil {
				f.field = attrs["name"]
				f.name, file = attrs["filename"]
			}
		case bytes.EqualFold(name, []byte("Content-Type")):
			f.mime = string(bytes.TrimSpace(value))
		}
	}
	if file {
		f.data = body
		p.files = append(p.files, f)
		return
	}
	p.fields = append(p.fields, field{key: f.field, val: body})
}

// plainName reads the disposition that nearly every part has, without the
// general parser.
func plainName(value []byte) (string, bool) {
	rest, ok := bytes.CutPrefix(bytes.TrimSpace(value), []byte(`form-data; name="`))
	if !ok || len(rest) == 0 || bytes.IndexByte(rest, '"') != len(rest)-1 || bytes.IndexByte(rest, '\\') >= 0 {
		return "", false
	}
	return string(rest[:len(rest)-1]), true
}

// find returns the parameter of that name; JSON null counts as absent.
func (p *params) find(key string) *field {
	for i := range p.fields {
		if f := &p.fields[i]; f.key == key {
			if f.json && string(f.val) == "null" {
				return nil
			}
			return f
		}
	}
	return nil
}

// str returns a parameter as text, "" when absent.
func (p *params) str(key string) string {
	f := p.find(key)
	switch {
	case f == nil:
		return ""
	case f.json && len(f.val) > 0 && f.val[0] == '"':
		return unquote(f.val)
	default:
		return string(f.val)
	}
}

// object returns a parameter that is JSON in itself, nil when absent; in a
// JSON body it may also be given as a string that holds JSON.
func (p *params) object(key string) []byte {
	f := p.find(key)
	switch {
	case f == nil:
		return nil
	case f.json && len(f.val) > 0 && f.val[0] == '"':
		return []byte(unquote(f.val))
	default:
		return f.val
	}
}

// int returns a whole number, 0 when absent or not a number.
func (p *params) int(key string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(p.str(key)), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// bool returns a flag the way Telegram reads it.
func (p *params) bool(key string) bool {
	switch strings.ToLower(p.str(key)) {
	case "true", "yes", "1":
		return true
	}
	return false
}

// file returns the upload in that field.
func (p *params) file(key string) *upload {
	for i := range p.files {
		if p.files[i].field == key {
			return &p.files[i]
		}
	}
	return nil
}
