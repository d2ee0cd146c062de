# Everything a developer or a machine calls. `make` checks all; `make demo` shows the product.
.PHONY: check test demo format lint layers build release fuzz truth bench bench-full bench-web \
  test-browser test-api clean dependencies

SWIFT ?= swift
FILES = git ls-files -z --cached --others --exclude-standard '*.swift'
CHECKED_BUILD = --explicit-target-dependency-import-check error
# One binary that carries Swift's own libraries: it starts in half the time and can be copied.
RELEASE = -c release --product plumbline --static-swift-stdlib
BINARY = $$($(SWIFT) build -c release --show-bin-path)/plumbline

check: test

# Format check, layer check, then all tests.
test: dependencies lint layers
	$(SWIFT) test --skip-build

# A wrong import between targets fails here even where a warm build would let it pass.
layers: dependencies
	$(SWIFT) build --build-tests $(CHECKED_BUILD)

lint:
	$(FILES) | xargs -0 $(SWIFT) format lint --strict --parallel

format:
	$(FILES) | xargs -0 $(SWIFT) format --in-place --parallel

build: dependencies
	$(SWIFT) build

release: dependencies
	$(SWIFT) build $(RELEASE)

# Makes the example company in ./demo, shows its verdict, and serves it until Ctrl-C.
demo: dependencies
	$(SWIFT) build $(RELEASE)
	test -d demo || $(BINARY) demo demo
	$(BINARY) serve --workspace demo

# The released web app in Debian's chromium and over raw connections; pictures of all pages go to the folder
# PLUMBLINE_SCREENSHOTS, where that is set. TESTS names some, such as walk or journeys.WhatIf.
TESTS ?=
test-browser: release
	/usr/bin/python3 Tests/Browser/run.py --binary "$(BINARY)" $(TESTS)

# Random requests over the description of the JSON API: no fault of ours, no breach of the schema.
test-api: release
	python3 Tests/Browser/api.py --binary "$(BINARY)"

# Mutated inputs against the reader, the mapping and the agreement; COUNT=1000000 runs longer.
COUNT ?= 100000
fuzz: dependencies
	$(SWIFT) build $(RELEASE)
	$(BINARY) fuzz --count $(COUNT)

# Judges simulated companies whose leak is known; prints the tables of Documentation/methods/truth.md.
truth: dependencies
	$(SWIFT) build $(RELEASE)
	$(BINARY) truth

# The funnel's question asked of Plumbline and of other engines, on 20,000 simulated leads: whether
# all answers are equal, and how much processor time each takes. Needs Python; see Benchmarks/README.md.
PEERS ?= polars,polars-mart,duckdb,duckdb-mart
bench: release
	$(BINARY) bench verdict
	python3 Benchmarks/run.py --leads 20000 --repetitions 1 --peers $(PEERS) --plumbline $(BINARY)

# The same on a million leads, three times: the table of Documentation/performance.md.
bench-full: release
	python3 Benchmarks/run.py --leads 1000000 --repetitions 3 --peers $(PEERS) --plumbline $(BINARY)

# 200 readers at 100,000 leads while an import writes, and the what-if at a million; needs wrk.
bench-web: release
	python3 Benchmarks/web/run.py --plumbline $(BINARY)

# Installs the C libraries that are missing, and says so.
dependencies:
	@scripts/install-dependencies

clean:
	rm -rf .build demo
