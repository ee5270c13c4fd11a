// Package paper writes a document as a workbook for whoever counts on, and as a PDF for whoever
// reads or prints. The same document gives the same bytes.
package paper

import "time"

// Document is what is written down: its sections in their order, and then its pictures.
type Document struct {
	Title    string
	At       time.Time // when its figures were made, as the clock on the wall showed it; zero: not told
	Sections []Section
	Pictures []Picture // in the PDF alone
}

// Section is a part of a document under a heading: lines of text, a table, or both.
type Section struct {
	Head  string
	Lines []string
	Table [][]string // by row; the first is its header
}

// Picture is a picture in a document.
type Picture struct {
	Caption string
	PNG     []byte
}

// wallClock is how the time of a document is written, as people in Indonesia write it.
const wallClock = "02-01-2006 15.04"
