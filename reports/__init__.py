"""Evaluation in, text out; knows the model and nothing else."""
