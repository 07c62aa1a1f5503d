"""Names of people and parties: two spellings of one name are one person."""

import re
import unicodedata

from quality.contract.text.values import shown, wrong


def whose(name: str) -> str:
    """What all spellings of a person's or party's name have in common: neither case, width, marks
    on letters, blanks, punctuation nor the order of the words makes another person."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return "".join(sorted(re.findall(r"\w+", letters))) or plain


def signature(name: str) -> str:
    """A name that somebody signs with: no word of it in two alphabets, for that is how one person
    looks like himself and reads as another."""
    for word in re.findall(r"\w+", name):
        scripts = {unicodedata.name(letter, "").split()[0] for letter in word if letter.isalpha()}
        if len(found := sorted(scripts & _ALIKE)) > 1:
            both = " and ".join(each.capitalize() for each in found)
            raise wrong(f"{shown(name)} mixes {both} letters in one word: use one alphabet")
    return name


_ALIKE = {"LATIN", "CYRILLIC", "GREEK"}
