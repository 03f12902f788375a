#!/usr/bin/env bash
# Style, types, and the walls between the folders.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/common.sh"

scripts/install.sh test
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy
.venv/bin/lint-imports
