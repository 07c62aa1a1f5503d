"""The texts of what is wrong in a contract: for a vendor manager, at the place in the file.

No text shows what stands in the file, except through ``shown``.
"""

import re
from collections.abc import Iterable, Iterator
from types import NoneType
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from quality.contract.contract import ContractFile
from quality.contract.text.values import closest, meant, not_one_of, shown
from quality.contract.text.yaml import Document, Found, Location, Position


def translated(error: ValidationError, document: Document) -> Iterator[Found]:
    """The errors of pydantic in plain words, each at its place, none that follows from another."""
    broken = {  # of a duplicate key the first value is still judged
        at for at, place, _ in document.troubles if place == document.values.get(at)
    }
    errors = error.errors(include_url=False)
    unknown = [each["loc"] for each in errors if each["type"] == "extra_forbidden"]
    intended: set[Location] = set()  # missing keys that an unknown key was probably to be
    for location in unknown:
        near, message = _unknown_key(location)
        if near:
            intended.add((*location[:-1], near))
        yield location, document.keys[location], message
    for each in errors:
        location, absent = each["loc"], each["loc"] not in document.values
        hidden = (absent and location in intended) or (not absent and each["input"] is None)
        inside_broken = any(location[:n] in broken for n in range(1, len(location) + 1))
        # pydantic counts valid entries only: a list of one wrong entry is not an empty one
        hidden |= each["type"] == "too_short" and bool(each["input"])
        if each["type"] != "extra_forbidden" and not hidden and not inside_broken:
            yield location, document.place(location), plain(each)


def _unknown_key(location: Location) -> tuple[str | None, str]:
    key = str(location[-1])
    known = keys(ContractFile, location[:-1])
    near = closest(key, known)
    if near:
        return near, f"is not a known key; did you mean {near}?"
    for section in keys(ContractFile, ())[1:]:
        if key in keys(ContractFile, (section,)):
            return None, f"is not a known key here; it belongs under {section}:"
    return None, f"is not a known key here; known are {', '.join(known)}"


def told(
    error: ValidationError, model: type[BaseModel], document: Document, at: Location
) -> Iterator[Found]:
    """The errors of pydantic in plain words, each at its place, of a section of another file than
    the contract's; ``at``: where it stands."""
    for each in error.errors(include_url=False):
        location = (*at, *each["loc"])
        if each["type"] == "too_short" and each["input"]:
            continue  # pydantic counts valid entries only
        if each["type"] == "extra_forbidden":
            known = keys(model, each["loc"][:-1])
            hint = meant(str(each["loc"][-1]), known, f"known are {', '.join(known)}")
            yield location, document.keys[location], f"is not a known key here; {hint}"
        elif location not in document.values or each["input"] is not None:
            yield location, document.place(location), plain(each)


def keys(model: type[BaseModel], location: Location) -> list[str]:
    """The keys of the section that a place in a file of the form ``model`` belongs to."""
    for key in location:
        if isinstance(key, str):
            fields = {field.alias or name: field for name, field in model.model_fields.items()}
            model = next(_models(fields[key].annotation))
    return [field.alias or name for name, field in model.model_fields.items()]


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """The sections that a key may hold: one, a list of one, or nothing."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


_KINDS: dict[type, str] = {
    dict: "a group of keys", tuple: "a list", str: "text", bool: "true or false",
    NoneType: "empty",
}  # fmt: skip


def plain(error: ErrorDetails) -> str:
    """What one of pydantic's errors means, in the words of a contract."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    found = _KINDS.get(type(value), "a number")
    number = str(value)[:30] if found == "a number" else ""
    if kind == "contract":
        return str(context["message"])
    if kind == "literal_error":
        options = re.findall("'([^']*)'", context["expected"])
        if len(options) == 1:
            return f"must be {options[0]}: this release reads no other format"
        return not_one_of(options, value)
    if kind == "string_type" and found in {"a number", "true or false"}:
        return f'must be text, not {found}: write it in quotes, "{str(value).lower()[:30]}"'
    if kind == "int_type" and found == "text":
        return "must be a whole number such as 20, without quotes"
    return {
        "missing": "is missing",
        "string_type": f"must be text, not {found}",
        "int_type": f"must be a whole number such as 20, not {number or found}",
        "bool_type": f"must be true or false, not {found}",
        "tuple_type": f'must be a list (each entry on a line that starts with "- "), not {found}',
        "model_type": f"must be a group of keys (lines such as `id: ...`), not {found}",
        "too_short": "is an empty list: it needs at least one entry",
    }.get(kind, "is not valid")


def empty_values(document: Document, problems: Iterable[Found]) -> Iterator[Found]:
    """Keys without a value: never a silent default."""
    known = {location for location, _, _ in problems}
    waiting: list[tuple[Location, object]] = [((), document.data)]
    while waiting:
        location, node = waiting.pop()
        if isinstance(node, dict):
            waiting += [((*location, key), child) for key, child in node.items()]
        elif isinstance(node, tuple):
            waiting += [((*location, i), child) for i, child in enumerate(node)]
        elif node is None and location not in known:
            yield location, document.place(location), "is empty: give it a value or remove it"


_NAMES = (
    ("repositories", ("name",)),
    ("repositories", ("url", "branch")),
    ("service_levels", ("id",)),
    ("gate", ("id",)),
    ("findings", ("name",)),
    ("coverage", ("name",)),
    ("sources", ("name",)),
    ("services", ("name",)),
    ("parties", ("name",)),
    ("entries", ("id",)),  # of a ledger
)


def twice(document: Document) -> Iterator[Found]:
    """Entries of one name, and one branch named twice, which would count its code twice."""
    for section, names in _NAMES:
        first: dict[tuple[str, ...], Position] = {}
        for index, entry in enumerate(entries_of(document, section)):
            if not isinstance(entry, dict) or any(entry.get(key) is None for key in names):
                continue
            values = tuple(str(entry[key]) for key in names)
            if section == "entries":  # of a ledger: no case makes another entry
                values = tuple(each.casefold() for each in values)
            location = (section, index, names[0])
            place = document.place(location)
            if values in first:
                name = f"{names[0]} {shown(str(entry[names[0]]))}"
                what = name if len(names) == 1 else "url and branch"
                line = first[values].line
                yield location, place, f"the same {what} stands on line {line}: give each its own"
            first.setdefault(values, place)


def entries_of(document: Document, section: str) -> tuple[object, ...]:
    """The entries of a list in a file; () where it is none."""
    entries = document.data.get(section) if isinstance(document.data, dict) else None
    return entries if isinstance(entries, tuple) else ()
