"""The law as data, filed by source document, and the loader that reads it."""
