package records

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/vault"
)

// tables makes the tables of an empty database in PostgreSQL. The key that it belongs to comes later.
func tables(address string) error {
	v, err := vault.New()
	if err != nil {
		return err
	}
	s, err := Open(context.Background(), address, v, Options{})
	if err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	c, err := pgx.Connect(context.Background(), address)
	if err != nil {
		return err
	}
	_, err = c.Exec(context.Background(), `DELETE FROM meta`)
	return errors.Join(err, c.Close(context.Background()))
}

// At is where the database is that a test has at path: there, or in PostgreSQL (pgtest).
func At(t testing.TB, path string) string { return pgtest.At(t, path, tables) }
