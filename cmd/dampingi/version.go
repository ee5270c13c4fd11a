package main

import "runtime/debug"

// version is what this binary was built from: a tag, or the time and the commit; "+dirty" when there was more than that.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
