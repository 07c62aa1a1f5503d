"""Proposed levels: as a section of a contract, and as a page with every distribution."""
