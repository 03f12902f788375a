"""`python -m benchmarks [--json]`: exit 1 when a bound is missed."""

from __future__ import annotations

import sys

from benchmarks.run import main

if __name__ == "__main__":
    sys.exit(main(json_wanted="--json" in sys.argv[1:]))
