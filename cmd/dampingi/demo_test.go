package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheDemoStartsAndStops starts it as `make demo` does, opens its page, and ends it as Ctrl+C
// does: nothing of it is left behind.
func TestTheDemoStartsAndStops(t *testing.T) {
	place := t.TempDir()
	t.Setenv("TMPDIR", place)
	ctx, stop := context.WithCancel(t.Context())
	out, printed := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		// What the machine's own bot works with is none of its business.
		elsewhere := []string{"--redis-url", "redis://127.0.0.1:1/0", "--webhook-url", "http://127.0.0.1:1/hook", "--key-file", filepath.Join(place, "own", "key")}
		ended <- run(ctx, append([]string{"demo", "--listen", "127.0.0.1:0"}, elsewhere...), strings.NewReader(""), printed, t.Output())
		_ = printed.Close() // the reader is done by then
	}()
	address := ""
	lines := bufio.NewScanner(out)
	for address == "" && lines.Scan() {
		if at := strings.TrimSpace(lines.Text()); strings.HasPrefix(at, "http://") {
			address = at
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // whatever else is printed
	for path, want := range map[string]string{"/": "<title>Dampingi</title>", "/sim/chats": `"Rina"`, "/sim/bot": `"invited":"Sari"`} {
		res, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		_ = res.Body.Close() // only read
		if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("%s: %d %v without %s", path, res.StatusCode, err, want)
		}
	}
	stop()
	if code := <-ended; code != exitDone {
		t.Errorf("exit code %d", code)
	}
	if left, err := os.ReadDir(place); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
