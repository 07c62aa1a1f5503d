"""Supplier repositories by git: addresses, mirrors, objects, checkouts."""
