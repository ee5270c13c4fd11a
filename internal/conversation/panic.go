package conversation

import (
	"fmt"
	"runtime"
	"strings"
)

// panicError says that working an update off panicked, and where. The panic's own words are
// not kept: they may quote what a person wrote.
type panicError struct{ place string }

// Error names the place.
func (e *panicError) Error() string { return "panic at " + e.place }

// caught is deferred, and turns a panic into an error.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = &panicError{place: where()}
	}
}

// where is the innermost place of the house on the stack of a panic.
func where() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if strings.Contains(f.Function, "dampingi/internal") && !strings.Contains(f.Function, "Lanes") {
			return fmt.Sprintf("%s:%d", f.Function, f.Line)
		}
		if !more {
			return "unknown"
		}
	}
}
