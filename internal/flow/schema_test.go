package flow_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/flow"
)

const schemaFile = "../../flows/schema.json"

func TestSchemaIsCurrent(t *testing.T) {
	if *update {
		if err := os.WriteFile(schemaFile, flow.Schema(), 0o644); err != nil { //nolint:gosec // a public file of the repository
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, flow.Schema()) {
		t.Errorf("%s is not current: go test ./internal/flow -update", schemaFile)
	}
}

func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(flow.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON turns YAML into what the validator reads; false when it is none, of which the parser
// speaks and a schema cannot.
func asJSON(t *testing.T, data []byte) (any, bool) {
	t.Helper()
	var doc any
	if err := yaml.Load(data, &doc); err != nil {
		return nil, false
	}
	raw, err := json.Marshal(doc)
	if err != nil {
		return nil, false
	}
	out, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return out, true
}

func TestSchemaAcceptsOurFlows(t *testing.T) {
	s := compileSchema(t)
	names, err := flows.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, n := range names {
		if !strings.HasSuffix(n.Name(), ".yaml") {
			continue
		}
		seen++
		data, err := flows.Files.ReadFile(n.Name())
		if err != nil {
			t.Fatal(err)
		}
		doc, ok := asJSON(t, data)
		if !ok {
			t.Fatalf("%s is no YAML", n.Name())
		}
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s: %v", n.Name(), err)
		}
	}
	if seen < 2 {
		t.Errorf("only %d flows", seen)
	}
}

// TestSchemaRefuses names the mistakes that an editor shows while somebody types.
func TestSchemaRefuses(t *testing.T) {
	s := compileSchema(t)
	_, all := readSections(t, "testdata/wrong.txtar")
	caught := map[string]bool{}
	for i := 0; i+1 < len(all); i += 2 {
		name := strings.TrimSuffix(all[i].name, ".yaml")
		t.Run(name, func(t *testing.T) {
			if doc, ok := asJSON(t, all[i].data); ok {
				caught[name] = s.Validate(doc) != nil
			}
		})
	}
	for _, name := range []string{
		"missing_fields", "unknown_key", "wrong_types", "bad_names", "unknown_kind", "unknown_step_key",
		"asked_and_tense", "no_tense", "not_for_kind", "no_choices", "choice_trouble", "scale", "digest", "save", "save_as_unknown",
	} {
		if !caught[name] {
			t.Errorf("the schema accepts %s.yaml", name)
		}
	}
}
