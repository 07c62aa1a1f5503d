"""Closed periods: frozen once, compared for ever."""
