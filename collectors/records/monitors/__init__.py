"""Monitors: what they export of their probes and outages, and Prometheus's API."""
