"""Words, numbers and safe text that every report uses."""
