package records

import (
	"context"
	"errors"
)

// ErrNotHere says that the database at hand cannot do what is asked; the sentence names what can.
var ErrNotHere = errors.New("this kind of database cannot do that")

// engine is a kind of database: SQLite, in a file of the house's own, or PostgreSQL, which several
// processes can share. The statements are the same for both; what they have no common words for is
// here.
type engine interface {
	// migrate brings the tables up to date.
	migrate(ctx context.Context) error
	// dial opens a connection; one that reads does not write.
	dial(reads bool) (link, error)
	// failed tells trouble of the database from a refusal of ours.
	failed(err error) bool
	// refused tells what the schema does not allow: no waiting helps.
	refused(err error) bool
	// unwritable tells that nothing can be written: the disk is full or broken, or the server has gone.
	unwritable(err error) bool
	// quick is a statement that tells of damage that is found in a moment: a line for each, or "ok"; "" where
	// there is none.
	quick() string
	// size is a statement that tells how many bytes the database takes.
	size() string
	// scrub has what was erased vanish from the files of the database.
	scrub(ctx context.Context) error
	// copy writes the whole database into the empty file at path.
	copy(ctx context.Context, path string) error
	// lead waits until nobody else leads (Store.Lead).
	lead(ctx context.Context) (*Led, error)
}

// link is one connection to a database; one goroutine uses it at a time. Arguments are int, int64,
// bool, string, []byte or nil.
type link interface {
	// exec runs a statement and says how many rows it changed.
	exec(text string, args []any) (int64, error)
	// insert runs a statement that adds a row, unless it is there, and gives its seq, or 0.
	insert(text string, args []any) (int64, error)
	// query gives each row of what a statement finds to f, which may ask on.
	query(text string, args []any, f func(row) error) error

	// begin opens a transaction that writes, when nobody else does. It gives a number that is
	// another one when another process has written what known keeps.
	begin() (others int64, err error)
	// commit ends it, with whether what known keeps was written, and gives the number from now on.
	// After an error nothing is stored, or the error says that nobody knows.
	commit(people bool) (others int64, err error)
	// rollback undoes the transaction and says whether there was one.
	rollback() bool
	// still has f read the database as it was at one moment.
	still(f func() error) error
	// noticed is the number of begin, for a connection that reads; false where it has none.
	noticed() (others int64, can bool, err error)
	// wiping has f run while what it deletes is overwritten, where the database can.
	wiping(f func() error) error
	// sound tells of every damage that the database itself can find.
	sound(found func(Flaw)) error
	// bound keeps the database from growing beyond so many pages.
	bound(pages int) error

	close() error
}
