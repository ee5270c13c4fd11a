package simulator

import (
	"embed"
	"io/fs"
	"net/http"
	"net/url"
)

//go:embed page
var pageFiles embed.FS

// pageTypes are the files of the page and how they are served.
var pageTypes = map[string]string{
	"index.html": "text/html; charset=utf-8",
	"style.css":  "text/css; charset=utf-8",
	"phone.css":  "text/css; charset=utf-8",
	"tour.css":   "text/css; charset=utf-8",
	"app.js":     "text/javascript; charset=utf-8",
	"tour.js":    "text/javascript; charset=utf-8",
	"scene.js":   "text/javascript; charset=utf-8",
	"api.js":     "text/javascript; charset=utf-8",
	"bubble.js":  "text/javascript; charset=utf-8",
	"viewer.js":  "text/javascript; charset=utf-8",
	"phone.js":   "text/javascript; charset=utf-8",
	"words.js":   "text/javascript; charset=utf-8",
	"texts.json": "application/json",
	"tour.json":  "application/json",
}

// pagePolicy lets the page load its own things and nothing else.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// servePage serves the page at /.
func (s *Server) servePage(mux *http.ServeMux) {
	for name, kind := range pageTypes {
		data := must(fs.ReadFile(pageFiles, "page/"+name))
		pattern := "GET /" + name
		if name == "index.html" {
			pattern = "GET /{$}"
		}
		mux.HandleFunc(pattern, func(w http.ResponseWriter, _ *http.Request) {
			h := w.Header()
			h.Set("Content-Type", kind)
			h.Set("Content-Security-Policy", pagePolicy)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Cache-Control", "no-cache")
			_, _ = w.Write(data)
		})
	}
}

func pathEscape(name string) string { return url.PathEscape(name) }
