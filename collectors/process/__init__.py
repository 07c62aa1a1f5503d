"""Bounded processes: where analyzers meet hostile content."""
