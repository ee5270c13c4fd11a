// Package locales holds what the house says, a message file for each language.
package locales

import "embed"

// Files are the message files: id.toml (the language of whoever has not chosen) and others.
//
//go:embed *.toml
var Files embed.FS
