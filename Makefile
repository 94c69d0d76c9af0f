# The site and the tests, from a fresh clone: every target makes the environment it needs first.
#
# Variables, after Sphinx's own Makefile:  make html SPHINXOPTS="-v" PYTHON=/usr/bin/python3.12
SPHINXOPTS   ?=
SPHINXBUILD  ?= .venv/bin/python -m sphinx
SOURCEDIR    ?= docs
BUILDDIR     ?= docs/_build
PYTESTOPTS   ?=
# Options of `make readthedocs`, such as --formats html epub.
RTDOPTS      ?=
# Options of `make bench`, see benchmarks/README.md.
BENCHOPTS    ?=
# Modules or folders below ext/sphinx_paper_table for `make mutants`, such as survey/rankings.py exports; empty: all rooms.
MODULES      ?=
# Options of `make fuzz`, such as --cases 200000 --builds 500 --seed 1.
FUZZOPTS     ?=
# Themes of `make themes`; empty: all that it knows.
THEMES       ?=
# The version that `make release` makes.
VERSION      ?=
# Empty: the one on the path.
FIREFOX      ?=
# Empty: the newest suitable one on this machine (see .ci/find-python).
PYTHON       ?=

# Warnings are errors, and all of them are shown before the build fails.
STRICT        = -W --keep-going -j auto
# Doctrees are kept apart by builder and language, so that one build never disturbs another.
build         = $(SPHINXBUILD) -b $(1) $(STRICT) -d $(BUILDDIR)/doctrees/$(2) $(3) $(SPHINXOPTS) $(SOURCEDIR) $(BUILDDIR)/$(4)
environment   = @.ci/environment $(1) $(PYTHON)

# Sphinx's other builders, each into $(BUILDDIR)/BUILDER.
BUILDERS      = dirhtml singlehtml epub latex text markdown man texinfo xml gettext linkcheck

.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: help html html-zh $(BUILDERS) pdf pdf-zh epubcheck validate-html serve test test-unit live test-firefox test-versions test-views test-others check bench profile labels pictures themes changelog readthedocs dist release mutants lock clean distclean

help: ## Show this list
	@echo "Usage: make TARGET"
	@echo
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo "Other builders: $(BUILDERS)"

html: ## Build the site (English) into docs/_build/html
	$(call environment,docs)
	@$(call build,html,html-en,,html)
	@echo
	@echo "Open $(BUILDDIR)/html/index.html"

html-zh: ## Build the site in Simplified Chinese into docs/_build/html-zh_CN
	$(call environment,docs)
	@$(call build,html,html-zh_CN,-D language=zh_CN,html-zh_CN)
	@echo
	@echo "Open $(BUILDDIR)/html-zh_CN/index.html"

serve: ## Build the site, show it on localhost, and rebuild at every change
	$(call environment,docs)
	@.venv/bin/python -m sphinx_autobuild -b html -j auto -d $(BUILDDIR)/doctrees/serve-en \
	    --watch ext --watch refs.bib --ignore '$(abspath $(BUILDDIR))/*' --ignore '*.mo' --ignore '*.pyc' \
	    $(SPHINXOPTS) $(SOURCEDIR) $(BUILDDIR)/serve

$(BUILDERS):
	$(call environment,docs)
	@$(call build,$@,$@-en,,$@)

pdf: latex ## Make the book (English) with XeLaTeX; fails when anything in it does not fit (takes TeX Live)
	@.ci/book $(BUILDDIR)/latex

pdf-zh: ## Make the book in Simplified Chinese
	$(call environment,docs)
	@$(call build,latex,latex-zh_CN,-D language=zh_CN,latex-zh_CN)
	@.ci/book $(BUILDDIR)/latex-zh_CN

epubcheck: epub ## Validate the books of both languages with EPUBCheck (takes Java)
	@$(call build,epub,epub-zh_CN,-D language=zh_CN,epub-zh_CN)
	.ci/epubcheck $(BUILDDIR)/epub/*.epub $(BUILDDIR)/epub-zh_CN/*.epub

validate-html: html html-zh ## Validate the pages of both languages with the Nu Html Checker (takes Java)
	.ci/vnu/check $(BUILDDIR)/html $(BUILDDIR)/html-zh_CN

test: ## Run all tests
	$(call environment,test)
	@CHROMIUM="$$(.ci/browser)" && export CHROMIUM || test -z "$$CI" || exit 1; \
	    .venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(PYTESTOPTS)

test-unit: ## Run the tests that need neither Sphinx nor a browser
	$(call environment,test)
	@.venv/bin/python -m pytest -n auto --dist loadfile --unit $(PYTESTOPTS)

live: ## Ask the real services what the tests ask of recorded answers (takes the network)
	$(call environment,test)
	@PAPER_TABLE_LIVE=1 .venv/bin/python -m pytest tests/services -m live -n 0 $(PYTESTOPTS)

test-firefox: ## Run the browser tests in an installed Firefox
	$(call environment,test)
	@FIREFOX="$$(command -v "$(FIREFOX)" || command -v firefox || command -v firefox-esr)" && export FIREFOX || \
	    { echo "No Firefox: install one, or give its path, make test-firefox FIREFOX=..." >&2; exit 1; }; \
	    .venv/bin/python -m pytest -n auto --dist loadfile $(PYTESTOPTS) -m browser

# For example: make test-versions PYTESTOPTS=--unit
test-versions: ## Run the tests on every supported Python, each with its newest Sphinx
	@CHROMIUM="$$(.ci/browser)" && export CHROMIUM || test -z "$$CI" || exit 1; .ci/versions $(PYTESTOPTS)

test-views: ## Look for all that the surveys say in every output of the site, in each language
	$(call environment,test)
	@VIEWS=real .venv/bin/python -m pytest -n auto tests/sphinx_host/test_equal_views_build.py $(PYTESTOPTS)

# Needs Node.js, which mystmd runs on.
test-others: ## Run the tests with other programs that cite us, and with extensions that stand beside ours
	$(call environment,test)
	@ENVIRONMENT=.venv-elsewhere .ci/environment elsewhere $(PYTHON)
	@ENVIRONMENT=.venv-beside .ci/environment beside $(PYTHON)
	@CHROMIUM="$$(.ci/browser)" && export CHROMIUM || test -z "$$CI" || exit 1; \
	    ELSEWHERE=.venv-elsewhere/bin BESIDE=.venv-beside/bin .venv/bin/python -m pytest tests/others -n auto $(PYTESTOPTS)

fuzz: ## Look for input that ends a build or keeps it busy
	$(call environment,test)
	@.venv/bin/python -m tests.fuzz $(FUZZOPTS)

mutants: ## Change the rooms without Sphinx in small ways, and name what no unit test notices
	@ENVIRONMENT=.venv-mutants .ci/environment mutants $(PYTHON)
	.venv-mutants/bin/python .ci/mutants.py $(MODULES)

check: ## Check style, types, surveys, bibliography, translations and the changelog
	$(call environment,test)
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.ci/typescript/check
	.ci/lint/check
	.venv/bin/paper-table format --check refs.bib
	.venv/bin/paper-table check $(SOURCEDIR)
	.venv/bin/paper-table names $(SOURCEDIR) --check
	.venv/bin/paper-table stats $(SOURCEDIR) --methods tests/content/methods.json
	.venv/bin/paper-table todo $(SOURCEDIR) --without code --without results --without preprint --without stale --fail-over 0
	@rm -rf $(BUILDDIR)/gettext
	@$(call build,gettext,gettext-en,-q,gettext)
	.venv/bin/paper-table translations $(SOURCEDIR) --templates $(BUILDDIR)/gettext --language zh_CN
	.venv/bin/python -m pytest -q tests/hosting/test_changelog.py

pictures: html html-zh ## Draw anew the pictures that links to the site show elsewhere
	$(call environment,test)
	@CHROMIUM="$$(.ci/browser)" && export CHROMIUM && \
	    .venv/bin/python .ci/pictures.py $(BUILDDIR)/html docs/_static/pictures && \
	    .venv/bin/python .ci/pictures.py $(BUILDDIR)/html-zh_CN docs/_static/pictures/zh_CN

# For example: make themes THEMES="furo shibuya"
themes: ## Show a survey in other themes, each in an environment of its own (takes the network)
	$(call environment,test)
	@CHROMIUM="$$(.ci/browser)" && export CHROMIUM && .venv/bin/python .ci/themes.py $(BUILDDIR)/themes $(THEMES)

changelog: ## Show what the next release's part of the changelog would be
	$(call environment,test)
	@.venv/bin/towncrier build --draft

readthedocs: ## Build the last commit as Read the Docs would: each format, in each language
	$(call environment,docs)
	@.venv/bin/python .ci/readthedocs.py $(RTDOPTS)

dist: ## Make the source archive, and the wheel from it, into dist/
	$(call environment,test)
	rm -rf dist
	.venv/bin/python -m build --no-isolation --outdir dist
	.venv/bin/twine check --strict dist/*
	.venv/bin/validate-pyproject pyproject.toml

# For example: make release VERSION=0.2.0
release: ## Make the commit of a release: version, changelog, checks, archives (RELEASING.md)
	$(call environment,test)
	@.venv/bin/python .ci/release.py "$(VERSION)"
	@$(MAKE) check dist || { echo "Nothing is committed; 'git reset --hard' takes back what was written." >&2; exit 1; }
	git commit --quiet --all --message "Release $(VERSION)"
	@sha256sum dist/* 2>/dev/null || shasum -a 256 dist/*

labels: ## Renew the translations of the extension's own labels
	$(call environment,docs)
	.venv/bin/python .ci/labels.py

bench: ## Measure what surveys cost, here and in other tools; what got worse stands first
	@ENVIRONMENT=.venv-bench .ci/environment bench $(PYTHON)
	@.venv-bench/bin/python -m benchmarks $(BENCHOPTS)

profile: ## Show where the time of a full build of 1,000 papers goes
	@ENVIRONMENT=.venv-bench .ci/environment bench $(PYTHON)
	@.venv-bench/bin/python -m benchmarks --papers 1000 --profile $(BENCHOPTS)

lock: ## Renew the locked versions in requirements/
	.ci/lock $(PYTHON)

clean: ## Remove what was built
	rm -rf $(BUILDDIR)

distclean: clean ## Remove what was built and the environment
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
