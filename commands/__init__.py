"""The command line: `waymark assess`, `ask`, `explain`, `prove`."""
