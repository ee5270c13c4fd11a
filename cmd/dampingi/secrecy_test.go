package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// hidden are the types that hide their content, with the fields that a log may show.
var hidden = map[string]struct {
	zero  any
	shown []string
}{
	"program.Person":      {program.Person{}, []string{"ID", "Role"}},
	"program.Participant": {program.Participant{}, []string{"Code"}},
	"program.Matter":      {program.Matter{}, []string{"ID", "Kind"}},
	"program.Report":      {program.Report{}, []string{"ID", "Flow"}},
	"turn.Row":            {turn.Row{}, []string{"Seq"}},
	"turn.Update":         {turn.Update{}, []string{"Row", "Kind"}},
	"turn.Message":        {turn.Message{}, []string{"ID", "Form"}},
	"turn.Item":           {turn.Item{}, []string{"Seq", "ID", "Form"}},
	"turn.Button":         {turn.Button{}, nil},
	"turn.Join":           {turn.Join{}, nil},
	"turn.Reach":          {turn.Reach{}, []string{"Reachable"}},
	"turn.Due":            {turn.Due{}, []string{"Kind", "At"}},
	"program.Contact":     {program.Contact{}, nil},
	"program.Target":      {program.Target{}, nil},
	"turn.Target":         {turn.Target{}, []string{"Code"}},
	"turn.Alias":          {turn.Alias{}, []string{"Code"}},
	"turn.Invitation":     {turn.Invitation{}, nil},
	"turn.PIN":            {turn.PIN{}, nil},
	"turn.Came":           {turn.Came{}, nil},
	"turn.Dropped":        {turn.Dropped{}, nil},
	"turn.Attached":       {turn.Attached{}, nil},
}

const (
	canaryText   = "burungkenari"
	canaryNumber = 7741023355
)

func TestWhatHidesFromLogsHidesInEveryForm(t *testing.T) {
	t.Parallel()
	for name, h := range hidden {
		filled := reflect.New(reflect.TypeOf(h.zero)).Elem()
		fill(filled, h.shown)
		if plain := dumped(filled); !strings.Contains(plain, canaryText) && !strings.Contains(plain, fmt.Sprint(canaryNumber)) {
			t.Errorf("%s: nothing to hide was filled in: %s", name, plain)
		}
		one := filled.Interface()
		pointer := filled.Addr().Interface()
		many := reflect.Append(reflect.MakeSlice(reflect.SliceOf(filled.Type()), 0, 1), filled).Interface()
		within := struct{ Inside any }{many}
		said := &notes{}
		log := logTo(said)
		for _, v := range []any{one, pointer, many, within, map[string]any{"x": one}, fmt.Errorf("about %v: %w", one, os.ErrNotExist)} {
			log.Info("as it is", "v", v)
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
				log.Info(fmt.Sprintf(verb, v))
			}
		}
		slog.New(slog.NewJSONHandler(said, nil)).Info("as it is", "v", one, "p", pointer)
		if got := said.String(); strings.Contains(got, canaryText) || strings.Contains(got, fmt.Sprintf("%x", canaryText)) || strings.Contains(got, fmt.Sprint(canaryNumber)) {
			t.Errorf("%s shows what it holds:\n%s", name, got)
		}
	}
}

// fill puts canaries into every field but those that may be shown.
func fill(v reflect.Value, shown []string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(canaryText)
	case reflect.Int, reflect.Int64:
		v.SetInt(canaryNumber)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), shown)
	case reflect.Map:
		v.Set(reflect.ValueOf(program.Fields{"field": {canaryText}}))
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte(`"` + canaryText + `"`))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), shown)
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !slices.Contains(shown, f.Name) {
				fill(v.Field(i), shown)
			}
		}
	default:
	}
}

// dumped is everything that a value holds, past its own ideas of what to show.
func dumped(v reflect.Value) string {
	b, err := json.Marshal(v.Interface())
	if err != nil {
		return err.Error()
	}
	return string(b) + v.String()
}

func TestEveryTypeThatHidesIsTried(t *testing.T) {
	t.Parallel()
	for _, pkg := range []string{"program", "turn"} {
		files, err := filepath.Glob("../../internal/" + pkg + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(err)
		}
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range parsed.Decls {
				f, ok := d.(*ast.FuncDecl)
				if !ok || f.Name.Name != "LogValue" || f.Recv == nil {
					continue
				}
				name, _ := f.Recv.List[0].Type.(*ast.Ident)
				if name == nil {
					t.Errorf("%s: LogValue hangs on a pointer, and a value would show everything", file)
				} else if _, tried := hidden[pkg+"."+name.Name]; !tried {
					t.Errorf("%s.%s hides something, and is not tried", pkg, name.Name)
				}
			}
		}
	}
}
