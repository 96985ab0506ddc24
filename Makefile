# One task file. Everything needs nothing but Python 3.11 or later; the package index is the one that pip is set to.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
WORKERS ?= 2
PROFILE ?= deep
PIP = -m pip --disable-pip-version-check -qq
SOURCES := $(shell find policy plugins rules -type f -not -name '*.pyc')

.DEFAULT_GOAL := help
.PHONY: help demo test fuzz bench bench-engines bench-reports bench-workbook clean

help:  ## what can be made
	@sed -n 's/^\([a-z-]*\): .*## /\1\t/p' $(MAKEFILE_LIST)

demo: .venv/demo/installed  ## the whole story on an invented county
	@.venv/demo/bin/policy demo --directory out/demo

test: .venv/dev/installed  ## every test but the deep ones
	.venv/dev/bin/python -m pytest -n $(WORKERS) -m "not deep" $(ARGS)

# A long search is no test that hangs: saying where each is after minutes can end the process that is at it.
fuzz: .venv/dev/installed  ## the deep tests: long searches for a counter-example
	.venv/dev/bin/python -m pytest -n $(WORKERS) -m deep --hypothesis-profile=$(PROFILE) -o faulthandler_timeout=0 $(ARGS)

bench: .venv/dev/installed  ## how long things take
	.venv/dev/bin/python benchmarks/startup.py
	.venv/dev/bin/python benchmarks/packs.py
	.venv/dev/bin/python benchmarks/readers.py
	.venv/dev/bin/python benchmarks/reports.py

bench-reports: .venv/dev/installed  ## how long large reports take (needs Chromium)
	.venv/dev/bin/python benchmarks/pages.py

bench-workbook: .venv/bench/installed  ## how long the list of problems takes as a workbook, beside other libraries
	.venv/bench/bin/python benchmarks/workbook.py $(ARGS)

bench-engines: .venv/bench/installed  ## large data by engine, and beside engines of other languages (half an hour)
	.venv/bench/bin/python benchmarks/engines.py $(ARGS)

clean:  ## remove what the other targets made
	rm -rf .venv

# The demo runs what a user installs: a copy, made anew when a file of it has changed.
.venv/demo/installed: pyproject.toml $(SOURCES) | .venv/demo/bin/python
	@.venv/demo/bin/python $(PIP) install .
	@touch $@

# The tests run the sources as they stand, so only a change of what is needed installs again.
.venv/dev/installed: pyproject.toml | .venv/dev/bin/python
	@.venv/dev/bin/python $(PIP) install --editable '.[all,test]'
	@touch $@

# OPA's bindings ask for Python 3.14 and need nothing of it; a rival that cannot be installed is reported as such.
.venv/bench/installed: pyproject.toml | .venv/bench/bin/python
	@.venv/bench/bin/python $(PIP) install --editable '.[all,bench]'
	-@.venv/bench/bin/python $(PIP) install --no-deps --ignore-requires-python opa-golib-python-bindings
	@touch $@

.venv/%/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed: make PYTHON=…" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv/$*
