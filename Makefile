# Everything a developer or a machine calls. `make` checks all; `make demo` shows the product.
.PHONY: check test demo format lint layers build release fuzz truth bench clean dependencies

SWIFT ?= swift
FILES = git ls-files -z --cached --others --exclude-standard '*.swift'
CHECKED_BUILD = --explicit-target-dependency-import-check error

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
	$(SWIFT) build -c release --product plumbline

# Makes the example company in ./demo and shows its verdict.
demo: dependencies
	$(SWIFT) build -c release --product plumbline
	$$($(SWIFT) build -c release --show-bin-path)/plumbline demo demo

# Mutated inputs against the reader, the mapping and the agreement; COUNT=1000000 runs longer.
COUNT ?= 100000
fuzz: dependencies
	$(SWIFT) build -c release --product plumbline
	$$($(SWIFT) build -c release --show-bin-path)/plumbline fuzz --count $(COUNT)

# Judges simulated companies whose leak is known; prints the tables of Documentation/methods/truth.md.
truth: dependencies
	$(SWIFT) build -c release --product plumbline
	$$($(SWIFT) build -c release --show-bin-path)/plumbline truth

# How long a verdict takes on this machine, on companies of several sizes.
bench: dependencies
	$(SWIFT) build -c release --product plumbline
	$$($(SWIFT) build -c release --show-bin-path)/plumbline bench

# Installs the C libraries that are missing, and says so.
dependencies:
	@scripts/install-dependencies

clean:
	rm -rf .build demo
