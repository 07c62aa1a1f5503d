"""What runs in pylint's own process: its isolation, and what a file proves. Knows nothing of ours."""
