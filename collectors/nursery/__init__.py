"""Nurseries: a warm process that forks a bounded child for each request, and its clients."""
