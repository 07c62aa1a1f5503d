"""What service levels demand of repositories and of sources of records."""

from collections.abc import Iterator

from collectors.records.systems import SYSTEMS
from quality.contract.contract import Contract
from quality.contract.ladder_check import Disagreement
from quality.contract.levels import ServiceLevel
from quality.contract.record_sources import RecordSource
from quality.contract.sources import SECTIONS
from quality.contract.values import meant, shown


def record_problems(contract: Contract) -> Iterator[Disagreement]:
    """Every service level without anything that it could count, and every source of records whose
    name is taken."""
    if not contract.repositories and (
        any(not level.indicator.of for level in contract.service_levels) or contract.gate
    ):
        yield ("repositories",), "is missing: code is measured in at least one repository"
    taken = {each.name: section for section in SECTIONS for each in contract.sources(section)}
    for number, source in enumerate(contract.records):
        yield from _readable(source, ("sources", number))
        if source.name in taken:
            text = f"{shown(source.name)} is a source of {taken[source.name]} too: rename one"
            yield ("sources", number, "name"), text
    for number, level in enumerate(contract.service_levels):
        if level.indicator.of:
            yield from _level(contract, level, ("service_levels", number))


def _readable(source: RecordSource, at: tuple[str, int]) -> Iterator[Disagreement]:
    """A format that is not read here, or does not hold what is asked of it."""
    system = SYSTEMS.get(source.format)
    if system is None:
        hint = meant(source.format, SYSTEMS, f"use one of {', '.join(SYSTEMS)}")
        yield (*at, "format"), f"{shown(source.format)} is no format of records; {hint}"
        return
    if source.kind not in system.KINDS:
        holds = " and ".join(sorted(system.KINDS))
        yield (*at, "format"), f"{source.format} holds {holds}, and no {source.kind}"


def _level(contract: Contract, level: ServiceLevel, at: tuple[str, int]) -> Iterator[Disagreement]:
    kind = level.indicator.of
    names = [each.name for each in contract.kept_in(kind)]
    if not names:
        yield (*at, "indicator"), f"counts {kind}, and sources: names none of that kind"
    elif level.source and level.source not in names:
        hint = meant(level.source, names, f"use {' or '.join(names)}")
        yield (*at, "source"), f"{shown(level.source)} is no source of {kind}; {hint}"
    if level.scope == "each-repository":
        yield (*at, "scope"), f"does not belong to {level.indicator.id}: records have no repository"
