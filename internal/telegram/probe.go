package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// Probe asks Telegram how a bot stands, from the outside and beside one that works: it confirms no update and changes nothing.
type Probe struct {
	API    string           // address of the Bot API server
	Token  string           // of the bot
	Client *http.Client     // without a timeout of its own; nil: http.DefaultClient
	Clock  func() time.Time // of this machine
}

// Standing is what Telegram tells about the bot.
type Standing struct {
	Account
	Ahead time.Duration // by how much this machine's clock goes before Telegram's, to about a second
	Dated bool          // Telegram told what time it is
	Hook  Hook
}

// Hook is how updates by webhook stand.
type Hook struct {
	URL     string
	Waiting int       // updates that were not brought yet
	Failed  time.Time // when one could not be brought; zero: never, as far as Telegram remembers
	Why     string    // what Telegram says about that
}

// probeTimeout is how long one question may take.
const probeTimeout = 10 * time.Second

// Ask gives what Telegram tells, or a *turn.Trouble, whose text has neither token nor address.
func (p Probe) Ask(ctx context.Context) (Standing, error) {
	var st Standing
	before := p.Clock()
	body, at, err := p.call(ctx, "getMe", `{}`, probeTimeout)
	if err != nil {
		return st, err
	}
	if !at.IsZero() {
		middle := before.Add(p.Clock().Sub(before) / 2)
		st.Ahead, st.Dated = middle.Sub(at.Add(time.Second/2)), true // the header has whole seconds
	}
	var me struct {
		ID       int64  `json:"id"`
		Username string `json:"username"`
		Name     string `json:"first_name"`
		Groups   bool   `json:"can_join_groups"`
	}
	if err := json.Unmarshal(body, &me); err != nil {
		return st, refusalOrBroken("getMe", http.StatusOK)
	}
	st.Account = Account{ID: me.ID, Username: me.Username, Name: me.Name, Groups: me.Groups}
	if body, _, err = p.call(ctx, "getWebhookInfo", `{}`, probeTimeout); err != nil {
		return st, err
	}
	var hook struct {
		URL     string `json:"url"`
		Waiting int    `json:"pending_update_count"`
		Failed  int64  `json:"last_error_date"`
		Why     string `json:"last_error_message"`
	}
	if err := json.Unmarshal(body, &hook); err != nil {
		return st, refusalOrBroken("getWebhookInfo", http.StatusOK)
	}
	st.Hook = Hook{URL: hook.URL, Waiting: hook.Waiting, Why: hook.Why}
	if hook.Failed > 0 {
		st.Hook.Failed = time.Unix(hook.Failed, 0)
	}
	return st, nil
}

// Rival reports whether somebody else polls with the same token: two polls at once are a conflict, so it polls for a while
// and looks whether it is disturbed. It must not be asked while a bot of one's own polls. It confirms nothing: what waits is
// still there afterwards.
func (p Probe) Rival(ctx context.Context, patience time.Duration) (bool, error) {
	end := p.Clock().Add(patience)
	for {
		left := end.Sub(p.Clock()).Round(time.Second)
		body, _, err := p.call(ctx, "getUpdates", `{"limit":1,"timeout":`+strconv.Itoa(int(max(left, 0)/time.Second))+`}`, max(left, 0)+probeTimeout)
		switch {
		case err != nil && kindOf(err) == turn.Conflicted && why(err) != webhookSet:
			return true, nil
		case err != nil:
			return false, err
		case left < time.Second:
			return false, nil
		case !bytes.Equal(bytes.TrimSpace(body), []byte("[]")) && !sleep(ctx, time.Second): // one that waits is answered at once
			return false, ctx.Err() //nolint:wrapcheck // given up
		}
	}
}

// call asks for one method and gives its result, and Telegram's time where it tells.
func (p Probe) call(ctx context.Context, method, body string, timeout time.Duration) ([]byte, time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	address := strings.TrimSuffix(p.API, "/") + "/bot" + url.PathEscape(p.Token) + "/" + method
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		return nil, time.Time{}, errURL
	}
	req.Header.Set("Content-Type", "application/json")
	client := p.Client
	if client == nil {
		client = http.DefaultClient
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, time.Time{}, broken(method, err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := readAll(resp)
	if err != nil {
		return nil, time.Time{}, broken(method, err)
	}
	at, _ := http.ParseTime(resp.Header.Get("Date"))
	res, err := result(method, resp.StatusCode, answer)
	return res, at, err
}

// Reason says in one word why Telegram could not be asked, for whoever explains it: "refused" (the token), "slow", "name"
// (the server's name cannot be resolved), "trust" (its certificate), "time", or "broken".
func Reason(err error) string {
	var e *apiError
	switch kind := kindOf(err); {
	case kind == turn.Unauthorized:
		return "refused"
	case kind == turn.Slow:
		return "slow"
	case !errors.As(err, &e):
		return "broken"
	case strings.Contains(e.says, "resolved"):
		return "name"
	case strings.Contains(e.says, "trusted"):
		return "trust"
	case strings.Contains(e.says, "in time"):
		return "time"
	}
	return "broken"
}
