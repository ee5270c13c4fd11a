package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/VictoriaMetrics/metricsql"
	"github.com/prometheus/client_golang/prometheus"
	"go.yaml.in/yaml/v4"

	"github.com/dampingi/dampingi/internal/vitals"
)

const (
	boardFile  = "../../deploy/grafana/dampingi.json"
	alertsFile = "../../deploy/prometheus/alerts.yml"
	watchGuide = "../../docs/pemantauan.md"
)

// notOnTheBoard are metrics that need not be seen, and why; those of Go and of the process are all
// for whoever looks closer.
var notOnTheBoard = map[string]string{conflictMetric: "for dampingi doctor, which says what to do about it"}

// asked parses a question to Prometheus and gives the metrics it is about, each with the labels it uses.
func asked(t *testing.T, expr string) map[string][]string {
	t.Helper()
	expr = regexp.MustCompile(`\$__rate_interval`).ReplaceAllString(expr, "5m")
	parsed, err := metricsql.Parse(expr)
	if err != nil {
		t.Errorf("%s\n%v", expr, err)
		return nil
	}
	found := map[string][]string{}
	var grouped []string
	metricsql.VisitAll(parsed, func(e metricsql.Expr) {
		switch e := e.(type) {
		case *metricsql.MetricExpr:
			for _, filters := range e.LabelFilterss {
				name := ""
				for _, f := range filters {
					if f.Label == "__name__" {
						name = f.Value
						found[name] = append(found[name], "")
					}
				}
				for _, f := range filters {
					if f.Label != "__name__" {
						found[name] = append(found[name], f.Label)
					}
				}
			}
		case *metricsql.AggrFuncExpr:
			grouped = append(grouped, e.Modifier.Args...)
		}
	})
	for name := range found {
		found[name] = append(found[name], grouped...)
	}
	return found
}

// exported are the metrics of a bot as they can be asked for, with their labels: a histogram has three.
func exported(a *app) map[string][]string {
	descs := make(chan *prometheus.Desc)
	go func() { a.metrics.Describe(descs); close(descs) }()
	line := regexp.MustCompile(`fqName: "([^"]+)".*constLabels: \{(.*)\}, variableLabels: \{(.*)\}`)
	all := map[string][]string{}
	for d := range descs {
		m := line.FindStringSubmatch(d.String())
		labels := regexp.MustCompile(`\w+`).FindAllString(m[3], -1)
		for _, l := range regexp.MustCompile(`(\w+)=`).FindAllStringSubmatch(m[2], -1) {
			labels = append(labels, l[1])
		}
		all[m[1]] = labels
		if strings.HasSuffix(m[1], "_seconds") {
			all[m[1]+"_bucket"], all[m[1]+"_count"], all[m[1]+"_sum"] = append(labels, "le"), labels, labels
		}
	}
	return all
}

// known holds a question to what the bot tells.
func known(t *testing.T, where, expr string, there map[string][]string) (names []string) {
	t.Helper()
	for name, labels := range asked(t, expr) {
		have, ok := there[name]
		if !ok {
			t.Errorf("%s asks for %q, which nobody tells:\n%s", where, name, expr)
			continue
		}
		names = append(names, name)
		for _, l := range labels {
			if l != "" && l != "instance" && l != "job" && !slices.Contains(have, l) {
				t.Errorf("%s asks for the label %q, which %s has not:\n%s", where, l, name, expr)
			}
		}
	}
	return names
}

// bare is a metric without the ending of a histogram's parts.
func bare(name string) string {
	return regexp.MustCompile(`_(bucket|count|sum)$`).ReplaceAllString(name, "")
}

type panel struct {
	ID      int
	Type    string
	Title   string
	GridPos struct{ H, W, X, Y int }
	Targets []struct {
		RefID string
		Expr  string
	}
}

// TestTheBoardAsksForWhatIsThere holds Grafana's board to the metrics: it asks for nothing else, and for
// all of the bot's own.
func TestTheBoardAsksForWhatIsThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	there := exported(h.app)
	data, err := os.ReadFile(boardFile)
	if err != nil {
		t.Fatal(err)
	}
	var board struct {
		UID, Title string
		Panels     []panel
		Templating struct{ List []struct{ Name, Type string } }
	}
	if err := json.Unmarshal(data, &board); err != nil || board.UID == "" || board.Title == "" || len(board.Templating.List) != 3 {
		t.Fatalf("not a board: %v", err)
	}
	if bytes.Contains(data, []byte(`"uid": "P`)) {
		t.Error("it names a data source of somebody's own")
	}
	seen, ids := map[string]bool{}, map[int]bool{}
	for i, p := range board.Panels {
		if ids[p.ID] || p.Title == "" || p.GridPos.W+p.GridPos.X > 24 {
			t.Errorf("panel %d %q has no place or id of its own", p.ID, p.Title)
		}
		ids[p.ID] = true
		for _, other := range board.Panels[:i] {
			if a, b := p.GridPos, other.GridPos; a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
				t.Errorf("%q lies on %q", p.Title, other.Title)
			}
		}
		if p.Type != "row" && len(p.Targets) == 0 {
			t.Errorf("%q asks for nothing", p.Title)
		}
		for _, target := range p.Targets {
			for _, name := range known(t, p.Title, target.Expr, there) {
				seen[bare(name)] = true
			}
		}
	}
	for name := range there {
		if why := notOnTheBoard[bare(name)]; strings.HasPrefix(name, "dampingi_") && !seen[bare(name)] && why == "" {
			t.Errorf("%s is told and nowhere to be seen", name)
		}
	}
}

// TestTheAlertRulesAskForWhatIsThere holds the rules for Prometheus to the metrics.
func TestTheAlertRulesAskForWhatIsThere(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	there := exported(h.app)
	data, err := os.ReadFile(alertsFile)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Name  string
			Rules []struct {
				Alert, Expr, For    string
				Labels, Annotations map[string]string
			}
		}
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&file); err != nil || len(file.Groups) != 1 || len(file.Groups[0].Rules) < 8 {
		t.Fatalf("%v %+v", err, file)
	}
	names := map[string]bool{}
	for _, r := range file.Groups[0].Rules {
		if names[r.Alert] || !strings.HasPrefix(r.Alert, "Dampingi") {
			t.Errorf("%q is no name of its own", r.Alert)
		}
		names[r.Alert] = true
		if len(known(t, r.Alert, r.Expr, there)) == 0 {
			t.Errorf("%s asks for nothing", r.Alert)
		}
		if _, err := time.ParseDuration(r.For); err != nil && r.For != "" {
			t.Errorf("%s: %v", r.Alert, err)
		}
		if s := r.Labels["severity"]; s != "critical" && s != "warning" || r.Annotations["summary"] == "" || r.Annotations["description"] == "" {
			t.Errorf("%s does not say how bad it is and what to do: %v %v", r.Alert, r.Labels, r.Annotations)
		}
	}
	if tool, err := exec.LookPath("promtool"); err == nil {
		if out, err := exec.CommandContext(t.Context(), tool, "check", "rules", alertsFile).CombinedOutput(); err != nil {
			t.Errorf("promtool: %v\n%s", err, out)
		}
	}
}

// TestTheGuideExplainsEveryTroubleAndRule: whoever is told can look up what to do.
func TestTheGuideExplainsEveryTroubleAndRule(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(watchGuide)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := os.ReadFile(alertsFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, trouble := range vitals.Troubles() {
		if !bytes.Contains(guide, []byte("`"+string(trouble.Name)+"`")) {
			t.Errorf("the guide does not explain %s", trouble.Name)
		}
	}
	for _, rule := range regexp.MustCompile(`alert: (\w+)`).FindAllSubmatch(rules, -1) {
		if !bytes.Contains(guide, rule[1]) {
			t.Errorf("the guide does not explain %s", rule[1])
		}
	}
	h := newHouse(t, houseOptions{})
	for _, name := range regexp.MustCompile(`dampingi_[a-z_]+[a-z]`).FindAllString(string(guide), -1) {
		if _, ok := exported(h.app)[name]; !ok {
			t.Errorf("the guide tells of %s, which nobody tells", name)
		}
	}
}
