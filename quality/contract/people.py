"""Names of people and parties: two spellings of one name are one person."""

import re
import unicodedata


def whose(name: str) -> str:
    """What all spellings of a person's or party's name have in common: neither case, width, marks
    on letters, blanks, punctuation nor the order of the words makes another person."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(sorted(re.findall(r"\w+", letters))) or plain
