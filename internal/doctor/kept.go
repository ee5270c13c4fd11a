package doctor

import (
	"path/filepath"
	"time"
)

// Limits of what is kept.
const (
	diskWrong   = 200 << 20 // bytes: a backup or an export would fill it
	diskDoubt   = 1 << 30
	diskPart    = 50                  // one part in so many, for small disks
	backupLate  = 48 * time.Hour      // a daily one has failed twice
	backupOld   = 35 * 24 * time.Hour // who was erased since is still in it (docs/keamanan.md)
	mebibyte    = 1 << 20
	hoursOfADay = 24
)

func data(f Facts) []finding {
	d := f.Data
	about := args{"Dir": d.Path}
	switch {
	case d.Missing:
		return one(Wrong, "missing", about)
	case d.Closed:
		return one(Wrong, "closed", about)
	case d.Mode.Perm()&0o022 != 0:
		return one(Wrong, "open", about)
	case d.Mode.Perm()&0o055 != 0:
		return one(Doubt, "readable", about)
	}
	for _, file := range f.Files {
		if file.Mode.Perm()&0o077 != 0 && filepath.Dir(file.Path) == filepath.Clean(d.Path) && file.Path != f.Key.Path {
			return one(Wrong, "file", args{"File": file.Path})
		}
	}
	return one(Good, "good", about)
}

// owner compares everything with whose the folder is: that is whom the service runs as.
func owner(f Facts) []finding {
	if f.Data.Missing || f.Data.Closed || f.Data.Owner < 0 {
		return nil
	}
	var found []finding
	for _, file := range f.Files {
		if file.Owner >= 0 && file.Owner != f.Data.Owner {
			found = append(found, finding{Wrong, "other", args{"File": file.Path, "Dir": f.Data.Path}})
		}
	}
	if f.User != f.Data.Owner && f.User > 0 {
		found = append(found, finding{Wrong, "you", args{"Dir": f.Data.Path}})
	}
	return orGood(found, nil)
}

func disk(f Facts) []finding {
	if f.Disk == nil {
		return nil
	}
	about := args{"Free": int(f.Disk.Free / mebibyte)} //nolint:gosec // a disk has fewer
	switch free := f.Disk.Free; {
	case free < diskWrong:
		return one(Wrong, "full", about)
	case free < diskDoubt || free < f.Disk.Size/diskPart:
		return one(Doubt, "low", about)
	}
	return one(Good, "good", about)
}

func key(f Facts) []finding {
	about := args{"Key": f.Key.Path, "KeyDir": filepath.Dir(f.Key.Path)}
	switch {
	case f.Key.Trouble != "":
		return one(Wrong, f.Key.Trouble, about)
	case f.Key.Beside:
		return one(Doubt, "beside", about)
	}
	return one(Good, "good", about)
}

func database(f Facts) []finding {
	switch d := f.Database; {
	case d == nil:
		return nil
	case d.Trouble != "":
		return one(Wrong, d.Trouble, args{"Dir": f.Data.Path, "Key": f.Key.Path, "Setting": "DATABASE_URL"}) // a word in it is none that texts may say
	case d.Damage > 0:
		return one(Wrong, "damaged", args{"Count": d.Damage})
	case d.Version > d.Newest:
		return one(Wrong, "newer", nil)
	case d.Version < d.Newest:
		return one(Doubt, "older", nil)
	}
	return one(Good, "good", nil)
}

func audit(f Facts) []finding {
	switch a := f.Audit; {
	case a == nil:
		return nil
	case a.Flaws > 0:
		return one(Wrong, "flawed", args{"Count": a.Flaws})
	default:
		return one(Good, "good", args{"Count": a.Lines})
	}
}

func redis(f Facts) []finding {
	r := f.Redis
	switch {
	case r == nil:
		return one(Good, "none", nil)
	case r.Trouble != "":
		return one(Wrong, r.Trouble, nil)
	}
	var found []finding
	if !r.Writes {
		found = append(found, finding{Wrong, "readonly", nil})
	}
	switch {
	case !r.Told && !r.Config:
		return append(found, finding{Doubt, "untold", nil})
	case !r.AOF && r.Config:
		found = append(found, finding{Wrong, "forgets", nil})
	case !r.AOF: // a managed one may keep its data in another way
		found = append(found, finding{Doubt, "managed", nil})
	case r.Failing:
		found = append(found, finding{Wrong, "failing", nil})
	}
	switch about := (args{"Policy": r.Policy}); {
	case r.Policy == "" || r.Policy == "noeviction":
	case r.Bounded:
		found = append(found, finding{Wrong, "evicts", about})
	default: // until somebody sets a limit
		found = append(found, finding{Doubt, "policy", about})
	}
	if len(found) == 0 && !r.Config {
		return one(Good, "closed", nil)
	}
	return orGood(found, nil)
}

func backup(f Facts) []finding {
	b := f.Backup
	switch {
	case b == nil || b.Dir == "":
		return one(Doubt, "none", nil)
	case b.Missing:
		return one(Wrong, "missing", args{"Dir": b.Dir})
	case b.Newest.IsZero():
		return one(Wrong, "empty", args{"Dir": b.Dir})
	}
	var found []finding
	age := f.Now.Sub(b.Newest)
	about := args{"Hours": int(age / time.Hour), "Days": int(age / time.Hour / hoursOfADay)}
	if age > backupLate {
		found = append(found, finding{Wrong, "late", about})
	}
	if f.Now.Sub(b.Oldest) > backupOld {
		found = append(found, finding{Doubt, "old", args{"Dir": b.Dir}})
	}
	return orGood(found, about)
}
