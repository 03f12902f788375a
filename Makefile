# Each command installs what it needs first, and nothing when nothing changed.
.PHONY: help serve serve-room test programs checked lint mutants reading-age bench screenshots lock clean

help:
	@echo "make serve        start on http://127.0.0.1:$${PORT:-5000}"
	@echo "make serve-room   start for the phones of a training room, without cases"
	@echo "make test         every check and every test, in a browser too"
	@echo "make lint         style, types, and the walls between the folders"
	@echo "make mutants      every small wrong change to the rules, and what notices it"
	@echo "make reading-age  how easily every question, hint and vignette reads"
	@echo "make bench        the speed figures"
	@echo "make screenshots  the pictures of the pages in docs/"
	@echo "make lock         pin every package again, after a change of versions"
	@echo "make clean        remove what the set-up made; var/ is kept"

serve:
	@scripts/serve.sh

serve-room:
	@scripts/serve.sh room

# On a fresh machine the browser is fetched while the packages are installed and the style is
# checked. pytest comes last: its summary is the last thing said.
test:
	@scripts/ensure-system.sh python compiler
	@$(MAKE) --no-print-directory --jobs=2 programs checked
	@.venv/bin/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

programs:
	@scripts/ensure-system.sh browser java office

checked:
	@scripts/install.sh test
	@scripts/assets.sh test
	@scripts/lint.sh

lint:
	@scripts/lint.sh

mutants:
	@scripts/install.sh test
	@.venv/bin/python -m tests.mutation

reading-age:
	@scripts/install.sh test
	@.venv/bin/python -m tests.reading_age

bench:
	@scripts/install.sh test
	@scripts/assets.sh runtime
	@.venv/bin/waymark bench

screenshots:
	@scripts/ensure-system.sh browser
	@scripts/install.sh test
	@scripts/assets.sh runtime
	@.venv/bin/python scripts/screenshots.py

lock:
	@scripts/lock.sh

clean:
	rm -rf .venv node_modules webforms/static/build
	rm -rf build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
