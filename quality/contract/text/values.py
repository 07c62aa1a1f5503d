"""Checks of single values of a contract: each returns the value or says what to write instead.

A message may show what stands in the file only through ``shown``, which keeps secrets and
control characters out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

LARGEST = 1_000_000_000
LARGEST_AMOUNT = 1_000_000_000_000
LONGEST_PROSE = 4_000
MOST = 1_000_000
LARGEST_WHOLE = 2_147_483_647  # what a column of the database holds
ID_PATTERN = "^[A-Za-z0-9][A-Za-z0-9._-]*$"

_BIDIRECTIONAL = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def wrong(message: str) -> PydanticCustomError:
    """The error of a validator: ``message`` goes to the user as it is."""
    return PydanticCustomError("contract", "{message}", {"message": message})


def shown(text: str) -> str:
    """Text from the file for a message: short, printable, without anything before an @."""
    text = re.sub(r"\?.*", "?...", re.sub(r"\S*@", "...@", text, flags=re.S), flags=re.S)
    text = escaped(text)
    return f'"{text[:57]}..."' if len(text) > 60 else f'"{text}"'


def escaped(text: str) -> str:
    """``text`` with every invisible character spelled out, so that it stays on its line."""
    return "".join(c if visible(c) else f"\\u{ord(c):04x}" for c in text)


def closest(word: str, options: Iterable[str]) -> str | None:
    """The option that ``word`` most likely means, or None."""
    by_lower = {option.lower(): option for option in options}
    near = get_close_matches(word[:80].lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[near[0]] if near else None


def meant(word: str, options: Iterable[str], instead: str) -> str:
    """A question for the option that ``word`` most likely means; ``instead`` where none is near."""
    near = closest(word, options)
    return f"did you mean {near}?" if near else instead


def known(word: str, options: Iterable[str], noun: str, instead: str = "") -> str:
    """``word`` if it is one of ``options``; else says which one it may be, or ``instead``."""
    options = list(options)
    if word in options:
        return word
    hint = meant(word, options, instead or f"use one of {', '.join(options)}")
    raise wrong(f"{shown(word)} is not a known {noun}; {hint}")


def not_one_of(options: Iterable[str], value: object) -> str:
    """What is wrong with a value that is none of ``options``."""
    options = list(options)
    instead = f"use {' or '.join(options)}"
    if not isinstance(value, str):
        return f"this is not possible; {instead}"
    return f"{shown(value)} is not possible; {meant(value, options, instead)}"


def credit_kind(value: object, info: ValidationInfo) -> str:
    """A kind of credit that the context knows."""
    kinds: Iterable[str] = (info.context or {}).get("credit_kinds", ())
    if not isinstance(value, str) or value not in kinds:
        raise wrong(not_one_of(kinds, value))
    return value


def identifier(text: str) -> str:
    """A name that is safe in file names, command lines and addresses."""
    if not re.fullmatch(ID_PATTERN, text) or len(text) > 64:
        raise wrong(
            f"{shown(text)} must be at most 64 letters (a-z), digits, '.', '_' and '-', "
            f"and start with a letter or digit"
        )
    return text


def printable(text: str, longest: int = 200, breaks: str = "") -> str:
    """Text for people to read, on one line unless it may have ``breaks``."""
    if not text.strip():
        raise wrong("is empty: write some text")
    if len(text) > longest:
        raise wrong(f"is {len(text)} characters long: at most {longest:,} are allowed")
    for character in text:
        if character not in breaks and not visible(character):
            raise wrong(f"contains the invisible character U+{ord(character):04X}: delete it")
    return text


def prose(text: str) -> str:
    """A clause for people to read, which may have several lines. Blank ends are left out."""
    return printable(text.strip(), LONGEST_PROSE, "\n")


def visible(character: str) -> bool:
    """Whether a character shows, and stays where it is written."""
    return unicodedata.category(character) not in _UNPRINTABLE and character not in _BIDIRECTIONAL


def day(value: object) -> date:
    """A day as YYYY-MM-DD; no time, no other calendar notation."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value, re.ASCII):
        try:
            found = date.fromisoformat(value)
        except ValueError:
            raise wrong(f"{value} is not a day of the calendar") from None
        if not 1970 <= found.year <= 2199:
            raise wrong(f"{value} is out of range: use a year between 1970 and 2199")
        return found
    if isinstance(value, str) and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]", value):
        raise wrong(f"{shown(value)} has a time of day: write the day alone, such as {value[:10]}")
    raise wrong("must be a day written as YYYY-MM-DD, such as 2026-01-01")


def number(value: object, largest: int = LARGEST) -> Decimal:
    """A limit: 0 or more, exact, at most 6 decimals. Trailing zeros make no difference."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        written, hint = value if isinstance(value, str) else "", ""
        if re.fullmatch(r"[0-9.]+ *%", written):
            hint = f": leave out the percent sign, {written.rstrip(' %')}"
        elif re.fullmatch(r"[0-9]+,[0-9]+", written):
            hint = f": use a decimal point, {written.replace(',', '.')}"
        elif re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", written):
            hint = f": remove the quotes, {written}"
        raise wrong(f"must be a number such as 5 or 8.5{hint}")
    exact = Decimal(value)
    if not exact.is_finite() or exact > largest:
        raise wrong(f"must be a number up to {largest:,}")
    if exact < 0:
        raise wrong("must be 0 or more")
    places = exact.normalize().as_tuple().exponent
    if isinstance(places, int) and places < -6:
        raise wrong("has more than 6 decimals")
    return Decimal(format(exact.normalize(), "f"))


def money(value: object) -> Decimal:
    """An amount in the currency's major unit: 0 or more, exact."""
    return number(value, LARGEST_AMOUNT)


def between(least: int, most: int, message: str) -> Callable[[int | None], int | None]:
    """A check of whole numbers from ``least`` to ``most``; in ``message`` {value} is the number."""

    def check(value: int | None) -> int | None:
        if value is not None and not least <= value <= most:
            raise wrong(message.format(value=value))
        return value

    return check


def share(value: Decimal) -> Decimal:
    """A percentage of a whole."""
    if value > 100:
        raise wrong(f"{value} is more than 100 percent")
    return value
