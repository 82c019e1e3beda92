# One command each; each does all it needs, from a fresh Debian 12 on.
#
#   make demo    the whole story on real photographs, in the terminal
#   make serve   the sample in the browser, on http://127.0.0.1:8080
#   make test    every test
#   make bench   measurements against the targets in docs/results.md
#   make fuzz    fuzzers, a minute each (FUZZ_SECONDS=60)
#   make check   format, lint and the house rules

BUILD := build/release
FUZZ_SECONDS ?= 60

.PHONY: all setup build demo serve test bench fuzz check

all: build

setup:
	@./setup

build: setup
	@mkdir -p build && cmake --preset release > build/configure.log 2>&1 || { cat build/configure.log; exit 1; }
	@cmake --build --preset release

demo: setup
	@./demo/build_program
	@./demo/run

serve: setup
	@./demo/build_program
	@./demo/serve

test: build
	@ctest --test-dir $(BUILD) --output-on-failure --parallel 2

bench: build
	@./setup --all
	@./bench/run $(BUILD)

fuzz:
	@./setup --all
	@./fuzz/run $(FUZZ_SECONDS)

check:
	@./setup --all
	@./tests/tidy/check
