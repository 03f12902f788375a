"""The decision engine: answers in, assessment out.

Pure: no web, no files, no database, no clock of its own. Whatever it needs of the world (the
rules, the dates of a case, the bank holidays) is handed to it as plain data.
"""
