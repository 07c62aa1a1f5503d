"""Tests of quality.support."""
