# Two commands for a newcomer: `make demo` and `make test`. The rest is for those who stay.
GO      ?= go
BIN     := bin/dampingi
PKG     := ./...
LINT    := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
VULN    := golang.org/x/vuln/cmd/govulncheck@v1.9.0
VULNDB  ?= latest
STORE   := ./internal/records
BENCH   ?= .
FUZZ    ?= 20s
SOAK    ?= 10m

.DEFAULT_GOAL := help
.PHONY: help demo test test-browser race lint fuzz bench soak transcripts alur pictures flows vuln build release reproducible check deps

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## start everything here, nothing to install, and print the address of the chat page
	@$(GO) run ./cmd/dampingi demo

test: deps ## all tests, with a real redis-server and PostgreSQL; those of the store on both kinds of database
	$(GO) test -parallel 12 -timeout 20m $(PKG)
	DAMPINGI_TEST_STORE=postgres $(GO) test -parallel 12 -timeout 20m $(STORE)

test-browser: deps-browser ## the chat page in headless Chromium: visits, her own phone, the guided tour
	$(GO) test -tags browser -count=1 -parallel 2 -run Browser ./cmd/dampingi

# SQLite is C that was translated, with locks of its own: watching each of its reads finds nothing of ours, and takes
# most of the time. (Packages with generic code cannot be left out: others would get their copy of it.)
UNWATCHED := -gcflags=modernc.org/sqlite/lib=-race=false

race: deps ## all tests under the race detector
	$(GO) test -race $(UNWATCHED) -parallel 12 -timeout 20m $(PKG)

lint: ## the walls of the house, and good habits
	@test -z "$$(gofmt -l cmd internal flows locales)" || { gofmt -l cmd internal flows locales; exit 1; }
	@command -v golangci-lint >/dev/null || $(GO) install $(LINT)
	PATH="$$PATH:$$($(GO) env GOPATH)/bin" golangci-lint run $(PKG)

fuzz: ## every fuzz target, FUZZ=20s each
	@for p in $$($(GO) list $(PKG)); do for f in $$($(GO) test -list '^Fuzz' $$p | grep ^Fuzz || true); do \
		echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZ) -fuzzminimizetime 20x $$p || exit 1; done; done

bench: deps ## speed and memory, with allocations
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem $(PKG)

soak: deps ## 500 people for SOAK=10m, with everything failing again and again: nothing lost, nothing doubled, memory flat
	$(GO) test -run '^TestSoak$$' -count=1 -v -timeout 24h ./cmd/dampingi -soak $(SOAK) -soakpeople 500

transcripts: ## write the transcripts of flows/testdata anew, to be read in the diff; ONLY=kunjungan for one
	$(GO) test ./cmd/dampingi -run 'Transcripts/^$(ONLY)|AFlowNeedsNoGo' -update

alur: ## write the pages of docs/alur and the table of rights anew
	$(GO) run ./cmd/dampingi flows docs docs/alur --transcripts flows/testdata
	$(GO) run ./cmd/dampingi reminders docs docs/pengingat.md
	$(GO) test ./cmd/dampingi -run 'RightsAreWrittenDown|CommandsAreThoseOfTheRole' -update

pictures: deps-browser ## draw docs/images anew, from the chat page
	$(GO) test -tags browser -count=1 -parallel 2 -run Browser ./cmd/dampingi -update

flows: ## check the flows and their texts
	$(GO) run ./cmd/dampingi flows check

vuln: ## known vulnerabilities in what is used
	@sh .ci/vuln $(VULN) $(VULNDB)

build: ## one static binary in bin/
	CGO_ENABLED=0 $(GO) build -trimpath -buildvcs=auto -ldflags '-s -w' -o $(BIN) ./cmd/dampingi

release: ## what is given out, in dist/: Linux on amd64 and arm64, with checksums, from the last commit
	@sh .ci/release dist

reproducible: ## the last commit built twice, to the same bytes; FRESH=1 compiles everything twice
	@sh .ci/reproducible

check: lint flows test race test-browser vuln ## everything that has to be green

deps:
	@sh .ci/deps redis-server postgresql

deps-browser:
	@sh .ci/deps redis-server postgresql chromium
