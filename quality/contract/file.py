"""Reading a contract file: bytes to a ``Contract``, or every problem in it at once.

The digest covers the agreed content, not the bytes: defaults filled in, credentials left out,
keys sorted. So a comment, another indentation or a renewed token changes nothing, and two
contracts with one digest judge alike.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from quality.catalogue.gate_rules import GATE_RULES
from quality.catalogue.indicators import INDICATORS
from quality.catalogue.recipes import load_recipe, recipe_ids
from quality.contract.contract import (
    DISPUTE_DAYS,
    Contract,
    ContractError,
    ExcusalLimits,
    FilePatterns,
    GateRule,
    Problem,
    RepositorySource,
    ServiceLevel,
)
from quality.contract.format import ContractFile
from quality.contract.levels import Gate, Level
from quality.contract.problems import Found, empty_values, problem, translated, twice
from quality.contract.terms_check import disagreements
from quality.contract.terms_file import terms
from quality.contract.yaml import Location, Place, read_yaml
from quality.model.recipe import Recipe

MAX_BYTES = 1_048_576
_START = Place(1, 1)
NO_LIMITS = ExcusalLimits()


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
    raise _broken(path, message)


def build(content: bytes, path: Path) -> Contract:
    """Check the bytes of a contract and make it (ContractError with every problem)."""
    document = read_yaml(decoded(content, path))
    found: list[Found] = [(t.location, t.place, t.message) for t in document.troubles]
    if not any(location == () for location, _, _ in found):
        if not isinstance(document.data, dict):
            what = "is empty" if document.data is None else "holds no keys"
            raise _broken(path, f"{what}: `workmanship init` writes a contract to start from")
        try:
            checked = ContractFile.model_validate(
                document.data, context={"recipe": _recipe(document.data)}
            )
        except ValidationError as error:
            found += translated(error, document)
        found += empty_values(document, found)
        found += twice(document)
        if not found:
            found += [(at, document.place(at), what) for at, what in disagreements(checked)]
        if not found:
            return _contract(checked, path)
    problems: set[Problem] = {problem(path, *each) for each in found}
    raise ContractError(tuple(sorted(problems, key=lambda p: (p.line, p.column, p.key))))


def places(path: Path) -> Callable[[Location], Place]:
    """Where the keys of a contract file stand; a key that is left out stands where its section
    does."""
    return read_yaml(decoded(read_bytes(path), path)).place


def decoded(content: bytes, path: Path) -> str:
    """The text of a file of ours (ContractError where it is not UTF-8)."""
    if len(content) > MAX_BYTES:
        raise _broken(path, f"is larger than {MAX_BYTES:,} bytes: this is no contract")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        message = "is not UTF-8 here: save the file with the encoding UTF-8"
        raise _broken(path, message, Place(line, column)) from None


def _recipe(data: dict[str, Any]) -> Recipe | None:
    head = data.get("contract")
    recipe_id = head.get("recipe") if isinstance(head, dict) else None
    return load_recipe(recipe_id) if recipe_id in recipe_ids() else None


def _broken(path: Path, message: str, place: Place = _START) -> ContractError:
    return ContractError((problem(path, (), place, message),))


def _contract(checked: ContractFile, path: Path) -> Contract:
    head = checked.contract
    return Contract(
        id=head.id,
        customer=head.customer,
        supplier=head.supplier,
        starts=head.starts,
        ends=head.ends,
        period=head.period,
        timezone=head.timezone,
        recipe=head.recipe,
        minimum_measured=head.minimum_measured,
        repositories=tuple(
            RepositorySource(each.name, each.url, each.branch) for each in checked.repositories
        ),
        files=FilePatterns(checked.files.tests, checked.files.generated, checked.files.vendored),
        service_levels=tuple(map(_service_level, checked.service_levels)),
        gate=tuple(map(_gate_rule, checked.gate)),
        path=path,
        digest=_digest(checked),
        amends=head.amends or "",
        effective=head.effective,
        dispute_days=DISPUTE_DAYS if head.dispute_days is None else head.dispute_days,
        excusals=ExcusalLimits(**checked.excusals.model_dump()) if checked.excusals else NO_LIMITS,
        terms=terms(checked),
    )


def _service_level(level: Level) -> ServiceLevel:
    indicator = INDICATORS[level.indicator]
    return ServiceLevel(
        id=level.id,
        name=level.name or indicator.title,
        level_class=level.level_class,
        indicator=indicator,
        parameters=_parameters(level),
        expected=level.minimum if level.expected is None else level.expected,
        minimum=level.minimum,
        scope=level.scope,
        minimum_sample=level.minimum_sample,
    )


def _gate_rule(rule: Gate) -> GateRule:
    return GateRule(
        id=rule.id,
        kind=GATE_RULES[rule.rule],
        at_most=rule.at_most,
        at_least=rule.at_least,
        rules=rule.rules,
        indicator=INDICATORS[rule.indicator] if rule.indicator else None,
        parameters=_parameters(rule),
        reason=rule.reason or "",
    )


def _parameters(entry: Level | Gate) -> tuple[tuple[str, int], ...]:
    given = (("above", entry.above), ("lines", entry.lines))
    return tuple((name, value) for name, value in given if value is not None)


def _digest(checked: ContractFile) -> str:
    content = checked.model_dump(mode="json", by_alias=True, exclude_none=True)
    for section in ("consequences", "clauses"):  # without them the digest is what it always was
        if not content[section]:
            del content[section]
    for level in content["service_levels"]:
        level.setdefault("name", INDICATORS[level["indicator"]].title)
        if "minimum" in level:
            level.setdefault("expected", level["minimum"])
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
