package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// deployed reads a file that an institution installs.
func deployed(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("../../deploy/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTheServiceIsWhatInitAndDoctorExpect(t *testing.T) {
	unit := deployed(t, "dampingi.service")
	for _, line := range []string{
		"User=" + serviceUser, "Environment=SETTINGS=" + serviceSettings, "ExecStart=/usr/local/bin/dampingi serve", "StateDirectoryMode=0700", "UMask=0077",
		"ReadWritePaths=-/srv/cadangan", // where docs/cadangan.md has them
	} {
		if !strings.Contains(unit, "\n"+line+"\n") {
			t.Errorf("the service does not say %s", line)
		}
	}
}

func TestTheServiceIsOneToSystemd(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Log("there is no systemd-analyze here to ask")
		return
	}
	self, err := os.Executable() // it has to be one that is there
	if err != nil {
		t.Fatal(err)
	}
	unit := strings.ReplaceAll(deployed(t, "dampingi.service"), "/usr/local/bin/dampingi", self)
	path := filepath.Join(t.TempDir(), "dampingi.service")
	if err := os.WriteFile(path, []byte(unit), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "systemd-analyze", "verify", path).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
	// 1.2 of 10 with systemd 252; a line that is lost costs at least a tenth.
	if out, err := exec.CommandContext(t.Context(), "systemd-analyze", "security", "--offline=true", "--threshold=15", path).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestComposeKeepsConversationsAndGivesFewRights(t *testing.T) {
	var file struct {
		Services map[string]struct {
			Command  []string
			Ports    []string
			ReadOnly bool              `yaml:"read_only"`
			CapDrop  []string          `yaml:"cap_drop"`
			Security []string          `yaml:"security_opt"`
			Env      map[string]string `yaml:"environment"`
			Networks []string
		}
		Networks map[string]struct{ Internal bool }
	}
	if err := yaml.Unmarshal([]byte(deployed(t, "compose.yaml")), &file); err != nil {
		t.Fatal(err)
	}
	for name, s := range file.Services {
		if !s.ReadOnly || strings.Join(s.CapDrop, "") != "ALL" || strings.Join(s.Security, "") != "no-new-privileges:true" || len(s.Ports) > 0 {
			t.Errorf("%s has more rights than it needs: %+v", name, s)
		}
	}
	redis := file.Services["redis"]
	command := strings.Join(redis.Command, " ")
	for _, want := range []string{"--appendonly yes", "--maxmemory-policy noeviction"} {
		if !strings.Contains(command, want) {
			t.Errorf("redis is started without %s: %s", want, command)
		}
	}
	if strings.Join(redis.Networks, "") != "inside" || !file.Networks["inside"].Internal {
		t.Error("redis can be reached from outside")
	}
	if file.Services["bot"].Env["REDIS_URL"] != "redis://redis:6379/0" {
		t.Errorf("the bot does not use it: %v", file.Services["bot"].Env)
	}
}

func TestTheImageHasNothingButTheBot(t *testing.T) {
	image := deployed(t, "Containerfile")
	_, last, ok := strings.Cut(image, "\nFROM scratch\n")
	for _, folder := range []string{"/etc/dampingi", "/var/lib/dampingi", "/srv/cadangan"} {
		if !strings.Contains(image, " /own"+folder) || !strings.Contains(last, `"`+folder+`"`) || !strings.Contains(deployed(t, "compose.yaml"), ":"+folder+"\n") && !strings.Contains(deployed(t, "compose.yaml"), ":"+folder+" ") {
			t.Errorf("%s is not kept", folder)
		}
	}
	if !ok || strings.Contains(last, "RUN ") || !strings.Contains(last, "USER 65532:65532") || !strings.Contains(last, "ENV SETTINGS="+serviceSettings) {
		t.Errorf("the image:\n%s", last)
	}
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	toolchain := regexp.MustCompile(`(?m)^toolchain go(\S+)$`).FindSubmatch(mod)
	if toolchain == nil || !strings.Contains(image, "/golang:"+string(toolchain[1])+"-") {
		t.Errorf("the image is not built with the toolchain of go.mod, %s", toolchain)
	}
}
