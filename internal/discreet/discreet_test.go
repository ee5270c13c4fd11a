package discreet

import (
	"fmt"
	"html"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/locales"
)

// languages are the real texts in every language.
func languages(t testing.TB) []*texts.Words {
	t.Helper()
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	var all []*texts.Words
	for _, lang := range book.Langs() {
		all = append(all, book.For(lang))
	}
	return all
}

// indonesian are the texts that most participants see.
func indonesian(t testing.TB) *texts.Words {
	t.Helper()
	for _, w := range languages(t) {
		if w.Lang() == "id" {
			return w
		}
	}
	t.Fatal("no Indonesian")
	return nil
}

// shown is what a person reads.
func shown(telegramHTML string) string { return html.UnescapeString(withoutTags(telegramHTML)) }

// spoilt are texts of which some were changed by somebody who did not know better.
type spoilt struct {
	*texts.Words
	by map[string]string
}

func (s spoilt) Has(key string) bool {
	_, ok := s.by[key]
	return ok || s.Words.Has(key)
}

func (s spoilt) Format(key string, args map[string]any) string {
	text, ok := s.by[key]
	if !ok {
		return s.Words.Format(key, args)
	}
	for name, v := range args {
		text = strings.ReplaceAll(text, "{{."+name+"}}", html.EscapeString(fmt.Sprint(v)))
	}
	return text
}

// TestNobodyElseMakesOne holds what makes this package worth having: no other can put a text into
// a Line or a Page, and a Fill has no room for one.
func TestNobodyElseMakesOne(t *testing.T) {
	for _, typ := range []reflect.Type{reflect.TypeFor[Line](), reflect.TypeFor[Page]()} {
		if typ.Kind() != reflect.Struct {
			t.Errorf("%s is a %s: others can convert a text to it", typ, typ.Kind())
			continue
		}
		for i := range typ.NumField() {
			if f := typ.Field(i); f.IsExported() {
				t.Errorf("%s.%s can be set by others", typ, f.Name)
			}
		}
		pointer := reflect.PointerTo(typ)
		for i := range pointer.NumMethod() {
			switch m := pointer.Method(i); m.Name {
			case "String", "LogValue", "Format":
			default:
				t.Errorf("%s.%s: does it let others in?", typ, m.Name)
			}
		}
	}
	fill := reflect.TypeFor[Fill]()
	for i := range fill.NumField() {
		f := fill.Field(i)
		if f.Type != reflect.TypeFor[time.Time]() && f.Type.Kind() != reflect.Uint8 {
			t.Errorf("Fill.%s is a %s: only closed lists and times go in", f.Name, f.Type)
		}
	}
}

// TestNothingIsLogged prints in every way there is.
func TestNothingIsLogged(t *testing.T) {
	var log strings.Builder
	l := slog.New(slog.NewTextHandler(&log, nil))
	line, page := Line{"besok jam 09.00"}, Page{"besok jam 09.00"}
	l.Info("sent", "line", line, "page", page, "both", []any{line, page})
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		_, _ = fmt.Fprintf(&log, verb+verb+verb, line, page, struct {
			L Line
			P []Page
		}{line, []Page{page}})
	}
	if strings.Contains(log.String(), "besok") {
		t.Errorf("logged: %s", log.String())
	}
}

// TestEmptiest checks what is said when nothing can be.
func TestEmptiest(t *testing.T) {
	for _, got := range []string{Line{}.String(), Page{}.String(), Stack().String(), Stack(Page{}, Page{}).String()} {
		if got != "Halo 🙂" {
			t.Errorf("%q", got)
		}
	}
}
