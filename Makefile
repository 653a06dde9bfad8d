# Headroom: every command a developer needs. Each sets up what it needs; a second run does no work twice.

.DEFAULT_GOAL := help
.PHONY: help run test check package references screenshots audit bench campaign fuzz engines prove mutants emulator generate clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: ## build and open the app; without a display, take its picture
	@tests/scripts/setup.sh run
	@tests/scripts/run.sh

test: ## set up, then everything that proves the app, with counts
	@tests/scripts/setup.sh test
	@tests/scripts/test.sh

check: ## the fast half of test: format, lints, types, Rust and unit tests
	@tests/scripts/setup.sh test
	@tests/scripts/test.sh fast

package: ## the Debian package: built for release, installed into a folder of its own, opened; size and dependencies
	@tests/scripts/setup.sh test
	@tests/scripts/package.sh release

references: ## write the layouts anew that the window is compared with; look at what changed
	@tests/scripts/setup.sh test
	rm -rf tests/ui/references
	HEADROOM_UPDATE=1 npx playwright test layout --grep "as it was looked at"

screenshots: ## take the README's pictures of the real window, light and dark
	@tests/scripts/setup.sh test
	@tests/scripts/screenshots.sh

audit: ## bans, licences and sources of every dependency, by cargo-deny; building it takes minutes, once
	@tests/scripts/setup.sh run
	@tests/scripts/audit.sh

bench: ## measure: engine, import, start of the window beside a bare one
	@tests/scripts/setup.sh bench
	@tests/scripts/bench.sh

campaign: ## try every fault over and over, where docs/evidence.md left off (SECONDS=21600, CAMPAIGN=races for one)
	@tests/scripts/setup.sh test
	@tests/scripts/campaign.sh $(or $(SECONDS),21600) $(CAMPAIGN)

fuzz: ## have libFuzzer try each reader of what comes from outside for a minute (SECONDS=…, TARGET=… for one); building takes minutes, once
	@tests/scripts/setup.sh run
	@tests/scripts/fuzz.sh $(or $(SECONDS),60) $(TARGET)

engines: ## sum ten million rows of bills by DuckDB and Spark, and compare with importing them whole (ROWS=…; engines from PyPI)
	@tests/scripts/setup.sh run
	@tests/scripts/engines.sh $(or $(ROWS),10000000)

prove: ## a million random scenarios through the engine and the independent model (SEED=… repeats a run)
	cargo run --locked --release --package proof --bin prove -- 1000000 $(SEED)

mutants: ## change the engine in every way cargo-mutants knows; each change must be noticed (an hour)
	PROOF_PERCENT=5 cargo mutants --cargo-arg=--locked --package headroom-billing --output target/mutants-report

emulator: ## play Kiro's and Kilo's services on this machine, to point the app at
	cargo run --locked --quiet --package tools --bin emulator

generate: ## write what follows from the commands, the engine and the migrations: the door, its types and fixtures, grants, the schema
	HEADROOM_UPDATE=1 cargo test --locked --quiet -p acceptance --test contract -- commands:: fixtures:: schema:: words::

clean: ## remove everything that was built
	rm -rf target ui/dist ui/dist-mock node_modules
