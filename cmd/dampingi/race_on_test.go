//go:build race

package main

// raceOn says that the tests run under the race detector, and so does what they build.
const raceOn = true
