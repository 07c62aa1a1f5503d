"""Clauses that reward bad conduct, each with its cheapest move and the remedy."""
