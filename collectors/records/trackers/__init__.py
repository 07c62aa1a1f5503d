"""Trackers and help desks: their exports, and their APIs page by page."""
