"""From repositories to facts in the store: what is missing, cut into chunks, measured anywhere."""
