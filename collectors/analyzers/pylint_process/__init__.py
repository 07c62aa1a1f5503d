"""What runs inside pylint's process: isolation, and what a file proves. It imports nothing of ours."""
