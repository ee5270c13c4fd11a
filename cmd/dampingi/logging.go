package main

import (
	"io"
	"log"
	"log/slog"
)

// newLog is where everything is logged: one line for each event, with its figures as fields. Types that
// hold something personal hide it themselves (slog.LogValuer), in both formats.
func newLog(out io.Writer, s *Settings) *slog.Logger {
	o := &slog.HandlerOptions{Level: s.LogLevel}
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(out, o))
	}
	return slog.New(slog.NewTextHandler(out, o))
}

// hushLibraries sees to it that what libraries have to say on their own gets into the log as a fixed
// sentence. net/http quotes what came over the line that it did not expect: that may be anybody's text.
func hushLibraries(to *slog.Logger) {
	log.SetFlags(0)
	log.SetOutput(hushed{to})
}

// hushed lets nothing through but how much there was.
type hushed struct{ log *slog.Logger }

// Write notes that a library has said something.
func (h hushed) Write(p []byte) (int, error) {
	h.log.Warn("a library had something to say, which is kept back: it may quote what came over the line", "bytes", len(p))
	return len(p), nil
}
