"""Mutants of the rules, and what kills them: a worked case, a proof, or nothing."""
