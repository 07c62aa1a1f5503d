"""Files of ours as text: YAML with the place of every value, and what is wrong at a place."""
