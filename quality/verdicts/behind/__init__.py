"""What stands behind a value: its rows, what changed in them, and which repairs would mend it."""
