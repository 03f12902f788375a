"""How fast it is, measured. `python -m benchmarks [--json]`; never part of the tests."""
