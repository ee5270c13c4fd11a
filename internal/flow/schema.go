package flow

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Schema is the JSON schema of flow files (draft 07, which editors know best). It is made
// of the same lists that Parse reads, and lies in flows/schema.json.
func Schema() []byte {
	s := mappingSchema(flowFields())
	s["$schema"] = "http://json-schema.org/draft-07/schema#"
	s["title"] = "A flow of Dampingi"
	s["description"] = "One kind of report: what is asked, in which order, and what saving does. The words are in locales/."
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		return nil // cannot be: maps of strings, lists and numbers
	}
	return b.Bytes()
}

// mappingSchema is a mapping with these keys and no others.
func mappingSchema(fs []fileKey) object {
	props := object{}
	required := []string{}
	for _, f := range fs {
		p := f.schema()
		p["description"] = f.doc
		props[f.name] = p
		if f.required {
			required = append(required, f.name)
		}
	}
	s := object{"type": "object", "additionalProperties": false, "properties": props}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// stepSchema is a step: its keys, and for each kind those that it must or must not have.
func stepSchema() object {
	s := mappingSchema(stepFields())
	var all []object
	for _, k := range Kinds() {
		never := object{}
		for _, f := range stepFields() {
			if len(f.kinds) > 0 && !slices.Contains(f.kinds, k) {
				never[f.name] = false
			}
		}
		then := object{"properties": never}
		if need := needs(k); len(need) > 0 {
			then["required"] = need
		}
		all = append(all, object{
			"if":   object{"properties": object{"kind": object{"const": string(k)}}, "required": []string{"kind"}},
			"then": then,
		})
	}
	s["allOf"] = all
	return s
}

// needs lists the keys that a kind of step cannot do without.
func needs(k Kind) []string {
	switch k {
	case Choice, Choices, Roster:
		return []string{"choices"}
	case Date, DateTime:
		return []string{"tense"}
	case Scale:
		return []string{"min", "max"}
	default:
		return nil
	}
}

// figureSchema is a figure: of is for all but count.
func figureSchema() object {
	s := mappingSchema(figureFields())
	s["if"] = object{"properties": object{"figure": object{"const": string(FigureCount)}}, "required": []string{"figure"}}
	s["then"] = object{"properties": object{"of": false}}
	s["else"] = object{"required": []string{"of"}}
	return s
}

// whenSchema is {step: values, not: {step: values}}.
func whenSchema() object {
	value := object{"type": []string{"string", "integer"}}
	values := object{"oneOf": []object{value, listOf(value)}}
	inner := object{"type": "object", "minProperties": 1, "additionalProperties": values}
	return object{
		"type": "object", "minProperties": 1,
		"properties":           object{"not": inner},
		"additionalProperties": values,
	}
}

func listOf(item object) object {
	return object{"type": "array", "minItems": 1, "items": item}
}

func oneOfSchema(known []string) object { return object{"type": "string", "enum": known} }

func nameSchema() object {
	return object{"type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": maxName}
}

func stringSchema() object { return object{"type": "string", "minLength": 1} }

func emojiSchema() object { return object{"type": "string", "minLength": 1, "maxLength": 8} }

func boolSchema() object { return object{"type": "boolean"} }

func intSchema() object { return object{"type": "integer"} }

func atLeastOne() object { return object{"type": "integer", "minimum": 1} }

func scalarSchema() object { return object{"type": []string{"string", "integer"}} }
