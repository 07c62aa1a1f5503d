"""Checks of single values of a contract: each returns the value or says what to write instead.

A message may show what stands in the file only through ``shown``, which keeps secrets and
control characters out.
"""

from __future__ import annotations

import re
import unicodedata
import zoneinfo
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from warnings import catch_warnings, simplefilter

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from quality.model.amounts import MINOR_DIGITS
from quality.model.recipe import Recipe

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
_TRANSPORT = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SCP = re.compile(r"([^/]*@)?[^/@:]*:.*", re.S)  # a colon before the first slash
_SCP_PLACE = re.compile(r"(?:[A-Za-z0-9_][\w.-]*@)?[A-Za-z0-9][A-Za-z0-9._-]*:[^-@:][^@]*", re.A)
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9._-]*)(?::[0-9]{1,5})?")
_BRANCH = re.compile(
    r"(?!.*(?:\.\.|@\{|//|/\.|\.lock(?:/|$)))[^-./\s~^:?*\[\\][^\s~^:?*\[\\]*(?<![./])"
)


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
    return "".join(c if _printable(c) else f"\\u{ord(c):04x}" for c in text)


def closest(word: str, options: Iterable[str]) -> str | None:
    """The option that ``word`` most likely means, or None."""
    by_lower = {option.lower(): option for option in options}
    near = get_close_matches(word[:80].lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[near[0]] if near else None


def known(word: str, options: Iterable[str], noun: str, instead: str = "") -> str:
    """``word`` if it is one of ``options``; else says which one it may be, or ``instead``."""
    options = list(options)
    if word in options:
        return word
    near = closest(word, options)
    hint = f"did you mean {near}?" if near else instead or f"use one of {', '.join(options)}"
    raise wrong(f"{shown(word)} is no known {noun}; {hint}")


def not_one_of(options: Iterable[str], value: object) -> str:
    """What is wrong with a value that is none of ``options``."""
    options = list(options)
    near = closest(value, options) if isinstance(value, str) else None
    what = shown(value) if isinstance(value, str) else "this"
    return f"{what} is not possible; " + (
        f"did you mean {near}?" if near else f"use {' or '.join(options)}"
    )


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


def printable(text: str) -> str:
    """Text of one line for people to read."""
    if not text.strip():
        raise wrong("is empty: write a text")
    if len(text) > 200:
        raise wrong(f"is {len(text)} characters long: at most 200 are allowed")
    for character in text:
        if not _printable(character):
            raise wrong(f"contains the invisible character U+{ord(character):04X}: delete it")
    return text


def prose(text: str) -> str:
    """A clause for people to read, which may have several lines. Blank ends are left out."""
    text = text.strip()
    if not text:
        raise wrong("is empty: write a text")
    if len(text) > LONGEST_PROSE:
        raise wrong(f"is {len(text)} characters long: at most {LONGEST_PROSE:,} are allowed")
    for character in text:
        if character != "\n" and not _printable(character):
            raise wrong(f"contains the invisible character U+{ord(character):04X}: delete it")
    return text


def _printable(character: str) -> bool:
    return unicodedata.category(character) not in _UNPRINTABLE and character not in _BIDIRECTIONAL


def day(value: object) -> date:
    """A day as YYYY-MM-DD; no time, no other calendar notation."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value, re.ASCII):
        try:
            found = date.fromisoformat(value)
        except ValueError:
            raise wrong(f"{value} is no day of the calendar") from None
        if not 1970 <= found.year <= 2199:
            raise wrong(f"{value} is out of reach: use a year between 1970 and 2199")
        return found
    if isinstance(value, str) and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]", value):
        raise wrong(f"{shown(value)} has a time of day: write the day alone, such as {value[:10]}")
    raise wrong("must be a day written as YYYY-MM-DD, such as 2026-01-01")


def number(value: object, largest: int = LARGEST) -> Decimal:
    """A limit: 0 or more, exact, at most 6 decimals. Trailing zeros make no difference."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        hint = ""
        if isinstance(value, str) and re.fullmatch(r"[0-9.]+ *%", value):
            hint = f": leave out the percent sign, {value.rstrip(' %')}"
        elif isinstance(value, str) and re.fullmatch(r"[0-9]+,[0-9]+", value):
            hint = f": use a decimal point, {value.replace(',', '.')}"
        elif isinstance(value, str) and re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", value):
            hint = f": remove the quotes, {value}"
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


def count(value: int) -> int:
    """How many: 1 or more."""
    if not 1 <= value <= MOST:
        raise wrong(f"must be a whole number from 1 to {MOST:,}")
    return value


def whole(value: int) -> int:
    """A whole number that the database can hold."""
    if abs(value) > LARGEST_WHOLE:
        raise wrong(f"must be a whole number up to {LARGEST_WHOLE:,}")
    return value


def reachable_days(value: int) -> int:
    """A number of days after which the calendar still goes on."""
    if abs(value) > MOST:
        raise wrong(f"must be a whole number of days up to {MOST:,}")
    return value


def days(value: int) -> int:
    """A number of days or of entries: none is possible, a lifetime is not."""
    if not 0 <= value <= 10_000:
        raise wrong(f"{value} is out of reach: use a whole number from 0 to 10,000")
    return value


def share(value: Decimal) -> Decimal:
    """A percentage of a whole."""
    if value > 100:
        raise wrong(f"{value} is more than 100 percent")
    return value


def currency(text: str) -> str:
    """A currency by its ISO 4217 code."""
    if text in MINOR_DIGITS:
        return text
    if text.upper() in MINOR_DIGITS:
        raise wrong(f"{shown(text)} must be written in capitals: {text.upper()}")
    return known(text, MINOR_DIGITS, "currency code of ISO 4217", "use one such as EUR or USD")


def few_decimals(value: int | None) -> int | None:
    """Decimals that a value is rounded to."""
    if value is not None and not 0 <= value <= 6:
        raise wrong("must be a whole number from 0 to 6")
    return value


@cache
def _timezones() -> frozenset[str]:
    # localtime is what this machine is set to, and Factory means "not set": neither is a place
    return frozenset(zoneinfo.available_timezones() - {"localtime", "Factory"})


def timezone(text: str) -> str:
    """A time zone by its name in the IANA database."""
    if text in _timezones():
        return text
    near = closest(text, _timezones()) or next(
        (name for name in sorted(_timezones()) if name.lower().endswith(f"/{text.lower()}")), None
    )
    hint = f"did you mean {near}?" if near else "use a name such as Europe/Berlin or UTC"
    raise wrong(f"{shown(text)} is no known time zone; {hint}")


def pattern(text: str) -> str:
    """A gitignore-style pattern that can match something."""
    from pathspec import GitIgnoreSpec

    if len(text) > 200:
        raise wrong("is longer than 200 characters: split it")
    if not all(map(_printable, text)):
        raise wrong(f"{shown(text)} contains an invisible character: delete it")
    if named := re.search(r"\[[:.=][^]]*[:.=]\]", text):
        raise wrong(
            f"{shown(text)} names a class of characters, {named.group()}: write them out, such as "
            f"[a-z]"
        )
    try:
        with catch_warnings():  # of Python's, about a [ inside of [ ]: it is a character here
            simplefilter("ignore", FutureWarning)
            patterns = list(GitIgnoreSpec.from_lines([text]).patterns)
    except ValueError:
        patterns = []
    if not patterns or patterns[0].include is None:
        raise wrong(f"{shown(text)} matches nothing: write a pattern such as **/tests/**")
    return text


def branch(text: str) -> str:
    """A branch name that git allows."""
    if not _BRANCH.fullmatch(text) or len(text) > 200 or not all(map(_printable, text)):
        raise wrong("is no branch name: write it as git does, such as main or release/2.x")
    return text


def repository_url(text: str) -> str:
    """A URL or path that git may clone. It may carry a secret, so it is never shown."""
    if not text or text != text.strip():
        raise wrong("is empty or has blanks around it: write a URL or a path")
    if not all(map(_printable, text)) or len(text) > 1000:
        raise wrong("contains an invisible character, or is longer than 1,000 characters")
    if text.startswith("-"):
        raise wrong("starts with '-', which git takes for an option: put ./ before a path")
    if re.match(r"[A-Za-z0-9+.-]*::", text):
        raise wrong(
            "starts with a name and '::', which makes git run a helper program: "
            "use https, ssh or a path"
        )
    if transport := _TRANSPORT.match(text):
        _with_transport(transport.group(1), text[transport.end() :])
    elif (address := _SCP.match(text)) and not _SCP_PLACE.fullmatch(address.group()):
        hint = "carries a password: ssh takes keys only" if ":" in (address.group(1) or "") else ""
        raise wrong(hint or "names no host: write user@host:path, or ./ before a path")
    return text


def _with_transport(scheme: str, rest: str) -> None:
    if scheme not in {"https", "ssh", "file"}:
        raise wrong("has a transport that is not allowed: use https://, ssh://, file:// or a path")
    authority, _, path = rest.partition("/")
    if scheme == "file":
        if authority not in {"", "localhost"}:
            raise wrong("is a file on another machine: write file:/// and an absolute path")
        return
    if re.search(r"[\s?#]", rest):
        raise wrong(
            "contains a blank, '?' or '#': give the plain address, and a token by the "
            "environment variable WORKMANSHIP_TOKEN_<HOST>"
        )
    if scheme == "ssh" and ":" in authority.rpartition("@")[0]:
        raise wrong("carries a password: ssh takes keys only")
    if not _HOST.fullmatch(authority.rpartition("@")[2]) or not path or "@" in path:
        raise wrong(f"names no host and path: write {scheme}://host/path, with @ in a path as %40")


def without_secrets(url: str) -> str:
    """``url`` without the credentials before its host, to tell repositories apart."""
    return re.sub(r"^(https://)[^/]*@", r"\1", url)


def recipe_rule(name: str, info: ValidationInfo) -> str:
    """A list of the recipe's, or one of its rules; checked where the context has the recipe."""
    recipe: Recipe | None = info.context and info.context.get("recipe")
    if recipe is None or name in {"errors", "warnings"}:
        return name
    by_id = {rule.id: rule for rule in recipe.rules}
    rule = by_id.get(name)
    if rule is None:
        symbols = {rule.symbol: rule.id for rule in recipe.rules}
        if name in symbols:
            raise wrong(f"{shown(name)} must be given by its id, {symbols[name]}")
        near = closest(name, [*by_id, "errors", "warnings"])
        hint = f"did you mean {near}?" if near else "`workmanship recipe` lists them"
        raise wrong(f"{shown(name)} is no rule of recipe {recipe.id}; {hint}")
    if rule.list == "excluded":
        raise wrong(f"{rule.id} ({rule.symbol}) is excluded from the recipe: {rule.reason}")
    return name
