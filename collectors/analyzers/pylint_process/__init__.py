"""What runs in pylint's process: isolation, and what a file proves. It knows nothing of ours."""
