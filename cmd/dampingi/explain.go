package main

import (
	"errors"
	"path/filepath"

	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// What can be wrong with how the bot is set up; explain says what to do about it.
var (
	errNoDatabase = errors.New("there is no database yet")
	errNoToken    = errors.New("there is no token")
	errEmptyToken = errors.New("the file of the token is empty")
)

// databaseSetting is how an administrator names PostgreSQL.
const databaseSetting = "DATABASE_URL"

// usageError is an argument that cannot be meant so; the exit code is then that of usage.
type usageError struct{ error }

// Unwrap gives what is wrong with it.
func (e usageError) Unwrap() error { return e.error }

// wrong is an error that says a sentence of locales/.
func (w *world) wrong(key string, args map[string]any) error {
	return errors.New(w.words.Plain(key, args))
}

// explain puts an error into words that help an administrator; one that is not expected is
// told as it is.
func (w *world) explain(err error, s *Settings) string {
	about := map[string]any{"Key": s.key(), "KeyDir": filepath.Dir(s.key()), "Dir": s.DataDir, "TokenFile": s.TokenFile, "Setting": databaseSetting}
	var settings *settingsTrouble
	if errors.As(err, &settings) {
		about["File"], about["What"] = settings.file, settings.what
	}
	for _, known := range []struct {
		err error
		key string
	}{
		{errStopped, "init.stopped"},
		{errSettingsMissing, "settings.missing"},
		{errSettingsClosed, "settings.closed"},
		{errSettingsLine, "settings.line"},
		{errSettingsUnknown, "settings.unknown"},
		{errNoDatabase, "cli.no_database"},
		{errNoToken, "cli.no_token"},
		{records.ErrAddress, "postgres.address"},
		{records.ErrUnreachable, "postgres.unreachable"},
		{records.ErrTooOld, "postgres.too_old"},
		{errEmptyToken, "cli.token_empty"},
		{vault.ErrMissing, "cli.key_missing"},
		{vault.ErrKind, "cli.key_link"},
		{vault.ErrExposed, "cli.key_exposed"},
		{vault.ErrFolder, "cli.key_folder"},
		{vault.ErrDamaged, "cli.key_damaged"},
		{records.ErrWrongKey, "cli.key_wrong"},
		{turn.ErrTaken, "people.chat_taken"},
	} {
		if errors.Is(err, known.err) {
			return w.words.Plain(known.key, about)
		}
	}
	return err.Error()
}
