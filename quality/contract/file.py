"""Reading a contract file: bytes to a ``Contract``, or every problem in it at once.

The digest covers the agreed content, not the bytes: defaults filled in, credentials left out,
keys sorted. So a comment, another indentation or a renewed token changes nothing, and two
contracts with one digest judge alike.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from quality.catalogue.recipes import load_recipe, recipe_ids
from quality.contract.checks.terms import mistakes
from quality.contract.contract import Contract, ContractFile
from quality.contract.credit_kinds import CREDIT_KINDS
from quality.contract.holidays import with_holidays
from quality.contract.problems import empty_values, translated, twice
from quality.contract.stated import stated
from quality.contract.text.problem import all_of, broken
from quality.contract.text.section import digest
from quality.contract.text.yaml import Location, Position, read_yaml
from quality.model.recipe import Recipe

MAX_BYTES = 1_048_576
_OPTIONAL = (
    "consequences", "clauses", "findings", "coverage", "sources", "calendars", "services",
)  # fmt: skip


def load_contract(path: Path) -> Contract:
    """Read and check a contract file (ContractError with every problem in it)."""
    return parse_contract(read_bytes(path), path)


def parse_contract(content: bytes, path: Path, *, beside: bool = True) -> Contract:
    """Check a contract's bytes; ``path`` is where they came from (ContractError). Without
    ``beside``, files that lie there are left alone: holidays are then those of the text."""
    document = read_yaml(decoded(content, path))
    found = list(document.troubles)
    if document.readable:
        if not isinstance(document.data, dict):
            what = "is empty" if document.data is None else "holds no keys"
            raise broken(path, f"{what}: `workmanship init` writes a contract to start from")
        context = {"recipe": _recipe(document.data), "credit_kinds": CREDIT_KINDS}
        try:
            checked = ContractFile.model_validate(document.data, context=context)
        except ValidationError as error:
            found += translated(error, document)
        found += empty_values(document, found)
        found += twice(document)
        if not found:
            checked, missing = with_holidays(checked, path) if beside else (checked, [])
            contract = _contract(checked, path)
            wrong = [*missing, *mistakes(contract)]
            found += [(at, document.place(at), what) for at, what in wrong]
            if not found:
                return contract
    raise all_of(path, found)


def read_bytes(path: Path) -> bytes:
    """The file's bytes, not much more than a contract may have (ContractError)."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        message = "does not exist: check the name, or write one with `workmanship init`"
    except IsADirectoryError:
        message = "is a folder: name the contract file in it"
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or "no such name is possible"
        message = f"cannot be read: {reason.lower()}"
    raise broken(path, message)


def places(path: Path) -> Callable[[Location], Position]:
    """Where the keys of a contract file stand; a key that is left out stands where its section
    does."""
    return read_yaml(decoded(read_bytes(path), path)).place


def decoded(content: bytes, path: Path) -> str:
    """The text of a file of ours (ContractError where it is not UTF-8)."""
    if len(content) > MAX_BYTES:
        raise broken(path, f"is larger than {MAX_BYTES:,} bytes: this is not a contract")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        message = "is not UTF-8 here: save the file with the encoding UTF-8"
        raise broken(path, message, Position(line, column)) from None


def _recipe(data: dict[str, Any]) -> Recipe | None:
    head = data.get("contract")
    recipe_id = head.get("recipe") if isinstance(head, dict) else None
    return load_recipe(recipe_id) if recipe_id in recipe_ids() else None


def _contract(checked: ContractFile, path: Path) -> Contract:
    sections = dict(checked) | {"path": path, "digest": _digest(checked), "stated": stated(checked)}
    charges, head = checked.charges, checked.contract
    if charges and charges.per is None:
        per = "month" if head.period == "month" else "quarter"
        sections["charges"] = charges.model_copy(update={"per": per})
    return Contract.model_construct(**dict(head), **sections)


def _digest(checked: ContractFile) -> str:
    content = checked.agreed()
    optional = [(content, key) for key in _OPTIONAL]
    optional += [(rule, key) for rule in content["gate"] for key in ("severity", "cwe")]
    for repository in content["repositories"]:
        repository.pop("web", None)  # where people look is no term: it may change at any time
    for section, key in optional:  # without them the digest is what it always was
        if not section[key]:
            del section[key]
    for entry, level in zip(content["service_levels"], checked.service_levels, strict=True):
        entry["name"] = level.name
        if "minimum" in entry:
            entry.setdefault("expected", entry["minimum"])
    return digest(content)
