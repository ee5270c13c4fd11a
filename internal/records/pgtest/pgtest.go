// Package pgtest starts a real PostgreSQL for tests, and says where a test's database is: in a file for
// SQLite, or in PostgreSQL when DAMPINGI_TEST_STORE=postgres has the same tests run on that.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Wanted tells whether the tests are to run on PostgreSQL.
func Wanted() bool { return os.Getenv("DAMPINGI_TEST_STORE") == "postgres" }

// Server is a PostgreSQL of the tests' own, on a unix socket, no port.
type Server struct {
	dir    string
	args   []string
	cmd    *exec.Cmd
	ended  chan struct{}
	mu     sync.Mutex
	made   int
	folder string // of the server's programs
}

// Start starts a server and stops it when the test ends. It flushes to disk as in production, unless
// told otherwise by settings such as fsync=off. Without PostgreSQL the test fails.
func Start(t testing.TB, settings ...string) *Server {
	t.Helper()
	s, err := start(settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

func start(settings ...string) (*Server, error) {
	folder, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "pg") // a socket's path must be short: not t.TempDir
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, folder: folder}
	for _, set := range append([]string{
		"listen_addresses=", "unix_socket_directories=" + dir, "max_connections=400", "shared_buffers=64MB", "jit=off",
		"autovacuum=off", "max_wal_size=512MB", "log_min_messages=fatal", "log_min_error_statement=panic",
	}, settings...) {
		s.args = append(s.args, "-c", set)
	}
	made := s.command("initdb", "-D", s.data(), "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
	if out, err := made.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("initdb: %w\n%s", err, out), os.RemoveAll(dir))
	}
	if err := s.start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// programs finds the folder of the newest PostgreSQL here; Debian does not put it into the PATH.
func programs() (string, error) {
	if path, err := exec.LookPath("postgres"); err == nil {
		return filepath.Dir(path), nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		return "", errors.New("this test needs a real PostgreSQL: apt-get install postgresql")
	}
	return filepath.Dir(found[len(found)-1]), nil
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// command prepares one of the server's programs, which refuse to be root: root calls itself nobody
// in a namespace of its own, where its files are nobody's too.
func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.folder, name), args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Getuid() != 0 {
		return cmd
	}
	const nobody = 65534
	if mayName() {
		cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: 0, Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: 0, Size: 1}}
		return cmd
	}
	_ = os.Chown(s.dir, nobody, nobody) // what does not succeed is told by the program
	cmd.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	return cmd
}

// mayName tells whether root may have a namespace of its own here: in many containers it may not.
var mayName = sync.OnceValue(func() bool {
	cmd := exec.Command("true")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 1, HostID: 0, Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 1, HostID: 0, Size: 1}},
	}
	return cmd.Run() == nil
})

// start starts the server on its data and waits until it answers.
func (s *Server) start() error {
	log, err := os.Create(filepath.Join(s.dir, "log"))
	if err != nil {
		return err
	}
	cmd := s.command("postgres", append([]string{"-D", s.data()}, s.args...)...)
	cmd.Stdout, cmd.Stderr = log, log
	started, ended := make(chan error, 1), make(chan struct{})
	go func() { // the server ends with this thread, should the tests be killed
		runtime.LockOSThread()
		defer close(ended)
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
		}
		_ = log.Close()
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	s.cmd, s.ended = cmd, ended
	for range 1000 {
		if c, err := pgx.Connect(context.Background(), s.URL("postgres")); err == nil {
			return c.Close(context.Background())
		}
		select {
		case <-ended:
			said, _ := os.ReadFile(log.Name())
			return fmt.Errorf("PostgreSQL did not start:\n%s", said)
		case <-time.After(10 * time.Millisecond):
		}
	}
	return errors.New("PostgreSQL does not answer")
}

// URL is the address of a database.
func (s *Server) URL(database string) string {
	return "postgres://postgres@/" + database + "?host=" + s.dir
}

// Make makes a database, empty or like another one to which nobody is connected, and gives its address.
func (s *Server) Make(like string) (string, error) {
	s.mu.Lock()
	s.made++
	name := fmt.Sprint("t", s.made)
	s.mu.Unlock()
	c, err := pgx.Connect(context.Background(), s.URL("postgres"))
	if err != nil {
		return "", err
	}
	defer c.Close(context.Background())
	if like == "" {
		like = "template0"
	}
	if _, err := c.Exec(context.Background(), "CREATE DATABASE "+name+" TEMPLATE "+like); err != nil {
		return "", err
	}
	return s.URL(name), nil
}

// Kill ends the server as a power cut does: nothing is finished, and what was not on disk is lost.
func (s *Server) Kill() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Signal(syscall.SIGQUIT) // immediate shutdown: no checkpoint, recovery at the next start
	<-s.ended
	s.cmd = nil
}

// Restart starts the server anew on the same data, killing it first if it runs.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	s.Kill()
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
}

// Data is the folder with the server's files.
func (s *Server) Data() string { return s.data() }

// Stop ends the server and removes its data.
func (s *Server) Stop() {
	s.Kill()
	_ = os.RemoveAll(s.dir)
}

// shared is the one server that the tests of a package share.
var shared struct {
	sync.Mutex
	server   *Server
	template string
	err      error
}

// Shared gives the server that the tests of a package share; it does not flush to disk.
func Shared() (*Server, error) {
	shared.Lock()
	defer shared.Unlock()
	return sharedServer()
}

func sharedServer() (*Server, error) {
	if shared.server == nil && shared.err == nil {
		shared.server, shared.err = start("fsync=off", "full_page_writes=off")
	}
	return shared.server, shared.err
}

// Done ends the shared server; TestMain calls it.
func Done() {
	shared.Lock()
	defer shared.Unlock()
	if shared.server != nil {
		shared.server.Stop()
		shared.server = nil
	}
}

// like gives the name of a database with all tables and nothing in it, which prepare has made once.
func like(prepare func(address string) error) (*Server, string, error) {
	shared.Lock()
	defer shared.Unlock()
	s, err := sharedServer()
	if err != nil {
		return nil, "", err
	}
	if shared.template == "" {
		address, err := s.Make("")
		if err == nil {
			err = prepare(address)
		}
		if err != nil {
			return nil, "", err
		}
		shared.template = strings.TrimPrefix(strings.Split(address, "?")[0], "postgres://postgres@/")
	}
	return s, shared.template, nil
}

// At is where the database is that a test has at path: there, or in PostgreSQL when that is wanted,
// always the same for the same path. prepare makes the tables of an empty database.
func At(t testing.TB, path string, prepare func(address string) error) string {
	t.Helper()
	if !Wanted() {
		return path
	}
	note := path + ".url" // for other processes of the same test, too
	if b, err := os.ReadFile(note); err == nil {
		return string(b)
	}
	address, err := New(prepare)
	if err == nil {
		err = os.WriteFile(note, []byte(address), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// New makes a database with all tables on the shared server.
func New(prepare func(address string) error) (string, error) {
	s, template, err := like(prepare)
	if err != nil {
		return "", err
	}
	return s.Make(template)
}

// Only skips a test that is about one kind of database alone, and says why.
func Only(t testing.TB, store, why string) {
	t.Helper()
	if (store == "postgres") != Wanted() {
		t.Skipf("for %s alone: %s", store, why)
	}
}
