"""Checks of values that name something outside of the contract: each returns the value or says
what to write instead, as in ``values``."""

import re
import zoneinfo
from functools import cache
from warnings import catch_warnings, simplefilter

from pydantic import ValidationInfo

from quality.contract.text.values import closest, known, meant, shown, visible, wrong
from quality.model.address import HELPER, SCHEME
from quality.model.amounts import MINOR_DIGITS
from quality.model.recipe import Recipe
from quality.model.web import wrong_template

_SCP = re.compile(r"([^/]*@)?[^/@:]*:.*", re.S)  # a colon before the first slash
_SCP_PLACE = re.compile(r"(?:[A-Za-z0-9_][\w.-]*@)?[A-Za-z0-9][A-Za-z0-9._-]*:[^-@:][^@]*", re.A)
COMMIT_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9._-]*)(?::[0-9]{1,5})?")
_REFERENCE = re.compile(
    r"(?!.*(?:\.\.|@\{|//|/\.|\.lock(?:/|$)))[^-./\s~^:?*\[\\][^\s~^:?*\[\\]*(?<![./])"
)


def currency(text: str) -> str:
    """A currency by its ISO 4217 code."""
    if text in MINOR_DIGITS:
        return text
    if text.upper() in MINOR_DIGITS:
        raise wrong(f"{shown(text)} must be written in capitals: {text.upper()}")
    return known(text, MINOR_DIGITS, "currency code of ISO 4217", "use one such as EUR or USD")


@cache
def _timezones() -> frozenset[str]:
    # localtime is what this machine is set to, and Factory means "not set": neither is a place
    return frozenset(zoneinfo.available_timezones() - {"localtime", "Factory"})


def timezone(text: str) -> str:
    """A time zone by its name in the IANA database."""
    if text in _timezones():
        return text
    cities = (name for name in sorted(_timezones()) if name.lower().endswith(f"/{text.lower()}"))
    near = closest(text, _timezones()) or next(cities, None)
    hint = f"did you mean {near}?" if near else "use a name such as Europe/Berlin or UTC"
    raise wrong(f"{shown(text)} is not a known time zone; {hint}")


def pattern(text: str) -> str:
    """A gitignore-style pattern that can match something."""
    from pathspec import GitIgnoreSpec

    if len(text) > 200:
        raise wrong("is longer than 200 characters: split it")
    if not all(map(visible, text)):
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
    if not _is_reference(text):
        raise wrong("is not a branch name: write it as git does, such as main or release/2.x")
    return text


def tag(text: str) -> str:
    """A tag's name that git allows."""
    if not _is_reference(text):
        raise wrong("is not a tag: write its name as git does, such as v1.0")
    return text


def _is_reference(text: str) -> bool:
    return bool(_REFERENCE.fullmatch(text)) and len(text) <= 200 and all(map(visible, text))


def repository_url(text: str) -> str:
    """A URL or path that git may clone. It may carry a secret, so it is never shown."""
    if not text or text != text.strip():
        raise wrong("is empty or has blanks around it: write a URL or a path")
    if not all(map(visible, text)) or len(text) > 1000:
        raise wrong("contains an invisible character, or is longer than 1,000 characters")
    if text.startswith("-"):
        raise wrong("starts with '-', which git takes for an option: put ./ before a path")
    if HELPER.match(text):
        raise wrong(
            "starts with a name and '::', which makes git run a helper program: "
            "use https, ssh or a path"
        )
    if transport := SCHEME.match(text):
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


def web(text: str) -> str:
    """The template of a web address, for the lines of a repository."""
    if why := wrong_template(text):
        raise wrong(f"{why}: write one such as https://host/{{path}}?at={{commit}}#{{line}}")
    return text


def weakness(number: int, info: ValidationInfo) -> int:
    """A weakness by its CWE that a rule of the recipe finds."""
    recipe: Recipe | None = info.context and info.context.get("recipe")
    if recipe and not any(rule.cwe == number and rule.counts for rule in recipe.rules):
        raise wrong(f"no rule that counts finds CWE-{number}: `workmanship recipe` lists them")
    return number


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
        hint = meant(name, [*by_id, "errors", "warnings"], "`workmanship recipe` lists them")
        raise wrong(f"{shown(name)} is not a rule of recipe {recipe.id}; {hint}")
    if rule.list == "excluded":
        raise wrong(f"{rule.id} ({rule.symbol}) is excluded from the recipe: {rule.reason}")
    return name
