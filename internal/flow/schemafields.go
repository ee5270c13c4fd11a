package flow

// fileKey is one key of a flow file: what the reader allows and the schema tells editors.
// Both read the same lists, so that they cannot part.
type fileKey struct {
	name     string
	doc      string
	required bool
	kinds    []Kind // the kinds of steps it is for; none means all
	schema   func() object
}

// object is a piece of JSON schema.
type object = map[string]any

// fieldNames lists the keys in their order.
func fieldNames(fs []fileKey) []string {
	names := make([]string, len(fs))
	for i := range fs {
		names[i] = fs[i].name
	}
	return names
}

// flowFields are the keys of a flow.
func flowFields() []fileKey {
	return []fileKey{
		{name: "id", required: true, schema: nameSchema, doc: "The flow's name: the first word of its keys in locales/ and the name of its file."},
		{name: "version", required: true, schema: atLeastOne, doc: "Counts up with every change of the questions; the older file moves to archive/."},
		{name: "icon", required: true, schema: emojiSchema, doc: "An emoji, first on the menu button."},
		{name: "command", required: true, schema: nameSchema, doc: "The slash command, without the slash."},
		{name: "keywords", schema: func() object { return listOf(stringSchema()) }, doc: "Whole messages that start the flow, besides the command; small letters."},
		{name: "start", required: true, schema: func() object { return listOf(oneOfSchema(roles())) }, doc: "The roles that may start it."},
		{name: "about", schema: func() object { return oneOfSchema(abouts()) }, doc: "Whom or what it is about; leave it out for nobody. A step of that kind must ask for it."},
		{name: "menu", schema: boolSchema, doc: "false: no button of the menu; it starts with its command and keywords. true unless told."},
		{name: "steps", required: true, schema: func() object { return listOf(stepSchema()) }, doc: "The questions in their order."},
		{name: "save", schema: func() object { return mappingSchema(saveFields()) }, doc: "What saving does, besides saving."},
		{name: "digest", schema: func() object { return listOf(figureSchema()) }, doc: "What the weekly digest counts."},
	}
}

// stepFields are the keys of a step.
func stepFields() []fileKey {
	choices := []Kind{Choice, Choices}
	dates := []Kind{Date, DateTime}
	numbers := []Kind{Amount, Count, Scale}
	return []fileKey{
		{name: "name", required: true, schema: nameSchema, doc: "The step's name: the second word of its keys in locales/, and a column of exports."},
		{name: "kind", required: true, schema: func() object { return oneOfSchema(words(Kinds())) }, doc: "The kind of answer."},
		{name: "asked", schema: func() object { return oneOfSchema(askedWords()) }, doc: "always: in its turn (the default). later: offered in the summary. never: filled by a one-line report or its default only."},
		{name: "optional", schema: boolSchema, doc: "May be skipped."},
		{name: "sensitive", schema: boolSchema, doc: "Never counted, and what is typed is removed from the chat."},
		{name: "passing", schema: boolSchema, doc: "Used by what saving does, and no part of the report that is kept."},
		{name: "note", schema: boolSchema, kinds: []Kind{Text}, doc: "Takes what could not be read elsewhere: one optional text step at most."},
		{name: "choices", schema: func() object { return listOf(mappingSchema(optionFields())) }, kinds: choices, doc: "The possible answers; at most five without more: true."},
		{name: "tense", schema: func() object { return oneOfSchema(tenses()) }, kinds: dates, doc: "past: today or before. future: today or after."},
		{name: "days", schema: atLeastOne, kinds: dates, doc: "At most so many days away; 366 unless told."},
		{name: "min", schema: intSchema, kinds: numbers, doc: "The least number."},
		{name: "max", schema: intSchema, kinds: numbers, doc: "The greatest number."},
		{name: "usual", schema: atLeastOne, kinds: []Kind{Amount}, doc: "Smaller amounts are asked back."},
		{name: "negative", schema: boolSchema, kinds: []Kind{Amount}, doc: "Amounts below zero are possible (a loss)."},
		{name: "length", schema: atLeastOne, kinds: []Kind{Text}, doc: "At most so many characters; 500 unless told."},
		{name: "quick", schema: func() object { return listOf(intSchema()) }, kinds: []Kind{Amount, Count}, doc: "Numbers offered as buttons."},
		{name: "default", schema: scalarSchema, kinds: []Kind{Choice, Choices, Date, Time, Amount, Count, Scale, YesNo}, doc: "The answer until another is given: a code, ya or tidak, a number, today for a date, or a time such as \"08:00\"."},
		{name: "when", schema: whenSchema, doc: "Asked only when all hold: {step: [values]}, or {not: {step: [values]}}, on earlier steps."},
	}
}

// optionFields are the keys of a choice.
func optionFields() []fileKey {
	return []fileKey{
		{name: "code", required: true, schema: nameSchema, doc: "What is stored and counted; its label is in locales/."},
		{name: "icon", required: true, schema: emojiSchema, doc: "An emoji, another one for each choice of the step."},
		{name: "more", schema: boolSchema, doc: "Shown behind Lainnya."},
		{name: "alone", schema: boolSchema, doc: "Excludes the others and ends the question; for kind choices."},
	}
}

// saveFields are the keys of save.
func saveFields() []fileKey {
	return []fileKey{
		{name: "as", schema: func() object { return oneOfSchema(saveAsWords()) }, doc: "contact: saves how a participant may be reached. consent: saves what she agreed to. guest: saves whether guests may see her business, this once. Each needs steps of certain names. A report unless told."},
		{name: "occurred_on", schema: nameSchema, doc: "The past date step that says when it happened; the day of saving unless told."},
		{name: "follow_ups", schema: func() object { return listOf(nameSchema()) }, doc: "Future date steps that become a reminder for the author."},
		{name: "opens", schema: func() object { return oneOfSchema(opened()) }, doc: "The kind of matter that the report opens: a case, a session, a task, ..."},
		{name: "moves", schema: func() object { return oneOfSchema(moved()) }, doc: "The kind of matter that the report moves on: the one that it is about."},
		{name: "to", schema: nameSchema, doc: "The status to which it brings the matter; the one it has, or the first, unless told."},
		{name: "to_of", schema: nameSchema, doc: "The choice step whose answer is that status."},
		{name: "owner", schema: nameSchema, doc: "The person step that says who is responsible for the matter from then on."},
		{name: "day", schema: nameSchema, doc: "The date step that says when the matter takes place, is due or ends."},
		{name: "known", schema: boolSchema, doc: "true: a run begins with what the matter has on record; what is taken out of it is gone."},
	}
}

// figureFields are the keys of a figure of the digest.
func figureFields() []fileKey {
	return []fileKey{
		{name: "figure", required: true, schema: func() object { return oneOfSchema(figures()) }, doc: "count: the reports. sum, mean: of amounts, counts or scales. by_choice: how often each answer."},
		{name: "of", schema: nameSchema, doc: "The step; count has none."},
		{name: "change", schema: boolSchema, doc: "With the change against the week before."},
	}
}

// roles are those who may start a flow. They are the words of package program, which this
// package does not import; a test keeps them the same.
func roles() []string {
	return []string{"ketua", "sekretaris", "bendahara", "koordinator", "pendamping", "peserta"}
}

// abouts are the kinds of records that a flow may be about.
func abouts() []string { return words(append([]Kind{Participant}, MatterKinds()...)) }

// opened lists the kinds of matters that a report may open, and moved those that it may move on: also
// those that nobody picks.
func opened() []string { return append(words(MatterKinds()), "proposal") }
func moved() []string  { return append(words(MatterKinds()), "profile") }

// askedWords lists when a step may be asked.
func askedWords() []string { return words([]Asked{Always, Later, Never}) }

// tenses lists the tenses of dates.
func tenses() []string { return words([]Tense{Past, Future}) }

// figures lists the kinds of figures.
func figures() []string {
	return words([]FigureKind{FigureCount, FigureSum, FigureMean, FigureByChoice})
}

// words turns typed words into plain ones.
func words[T ~string](ts []T) []string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = string(t)
	}
	return out
}
