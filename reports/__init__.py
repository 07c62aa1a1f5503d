"""Evaluation in, text out. Knows nothing else."""
