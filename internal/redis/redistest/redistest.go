// Package redistest starts a real redis-server for a test, and can kill and restart it.
package redistest

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Server is one redis-server of a test's own: append-only, on a unix socket, no port.
type Server struct {
	t    testing.TB
	dir  string
	args []string
	cmd  *exec.Cmd
	done chan struct{}
}

// Start starts a server and stops it when the test ends. Further arguments go to
// redis-server and win over the defaults. Without redis-server the test fails.
func Start(t testing.TB, args ...string) *Server {
	t.Helper()
	dir, err := os.MkdirTemp("", "redis") // a socket's path must be short: not t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{t: t, dir: dir, args: args}
	t.Cleanup(func() {
		s.Kill()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	s.start()
	return s
}

// URL is the address for REDIS_URL.
func (s *Server) URL() string { return "unix://" + s.socket() }

func (s *Server) socket() string { return filepath.Join(s.dir, "s") }

// Kill ends the server at once, as a power cut does; killing it twice is harmless.
func (s *Server) Kill() {
	s.t.Helper()
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Kill() // it may have ended by itself
	<-s.done
	s.cmd, s.done = nil, nil
}

// Restart starts the server anew on the same data, killing it first if it runs.
func (s *Server) Restart() {
	s.t.Helper()
	s.Kill()
	s.start()
}

// Mark is the present end of what the server has written down, for RestartAt. What was
// answered before is in it, since the server writes before it answers.
func (s *Server) Mark() int64 {
	s.t.Helper()
	info, err := os.Stat(s.log())
	if err != nil {
		s.t.Fatal(err)
	}
	return info.Size()
}

// RestartAt starts the server anew without what it wrote down after a mark: that is what a
// power cut does to a server that flushes to disk once a second.
func (s *Server) RestartAt(mark int64) {
	s.t.Helper()
	s.Kill()
	if err := os.Truncate(s.log(), mark); err != nil {
		s.t.Fatal(err)
	}
	s.start()
}

// log is the append-only file that is being written.
func (s *Server) log() string {
	s.t.Helper()
	files, err := filepath.Glob(filepath.Join(s.dir, "appendonlydir", "*.incr.aof"))
	if err != nil || len(files) != 1 {
		s.t.Fatalf("append-only files %v, %v", files, err)
	}
	return files[0]
}

func (s *Server) start() {
	s.t.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		s.t.Fatal("this test needs a real redis-server: apt-get install redis-server")
	}
	args := append([]string{
		"--port", "0", "--unixsocket", s.socket(), "--dir", s.dir, "--logfile", "", "--daemonize", "no",
		"--appendonly", "yes", "--appendfsync", "always", "--save", "",
	}, s.args...)
	cmd := exec.Command(path, args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	ready, done := make(chan string, 1), make(chan struct{})
	go func() {
		listen(out, ready)
		_ = cmd.Wait() // it was killed
		close(done)
	}()
	s.cmd, s.done = cmd, done
	if said := <-ready; said != "" {
		s.t.Fatalf("redis-server did not start:\n%s", said)
	}
}

// listen reads the server's log to its end; it sends "" once the server is ready, or the
// log when it ended before.
func listen(log io.Reader, ready chan<- string) {
	var said strings.Builder
	started := false
	for lines := bufio.NewScanner(log); lines.Scan(); {
		if started {
			continue
		}
		said.WriteString(lines.Text() + "\n")
		if strings.Contains(strings.ToLower(lines.Text()), "ready to accept connections") {
			started = true
			ready <- ""
		}
	}
	if !started {
		ready <- said.String() + "(end of its log)"
	}
}
