"""The pages of the cases, a module for each thing that people do."""
