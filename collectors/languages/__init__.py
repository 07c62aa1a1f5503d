"""What a language looks like: suffixes, text, comments, directives."""
