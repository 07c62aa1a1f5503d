"""What service levels demand of repositories and of sources of records."""

from collections.abc import Iterator

from quality.contract.contract import Contract
from quality.contract.sections.defects import Defects
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.record_sources import RecordSource
from quality.contract.sections.sources import SECTIONS
from quality.contract.text.values import meant, shown
from quality.contract.text.yaml import Mistake

_OF_DELIVERY = ("defects.escaped_density", "defects.removal_efficiency")


def record_problems(contract: Contract) -> Iterator[Mistake]:
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
    yield from _hours(contract)
    for number, level in enumerate(contract.service_levels):
        if level.indicator.of:
            yield from _level(contract, level, ("service_levels", number))


def _readable(source: RecordSource, at: tuple[str, int]) -> Iterator[Mistake]:
    """A format that is not read here, or does not hold what is asked of it."""
    from collectors.records.systems import (
        SYSTEMS,  # slow to load, and most contracts have no source
    )

    system = SYSTEMS.get(source.format)
    if system is None:
        hint = meant(source.format, SYSTEMS, f"use one of {', '.join(SYSTEMS)}")
        yield (*at, "format"), f"{shown(source.format)} is not a known format of records; {hint}"
        return
    if source.kind not in system.KINDS:
        holds = " and ".join(sorted(system.KINDS))
        yield (*at, "format"), f"{source.format} holds {holds}, and no {source.kind}"
        return
    known = system.FIELDS[source.kind]
    for field in source.fields:
        if field not in known and ("." not in field or field.partition(".")[0] not in known):
            hint = meant(field, known, f"it takes {', '.join(known)}")
            yield (
                (*at, "fields", field),
                f"is not a field of {source.kind} in {source.format}; {hint}",
            )


def _level(contract: Contract, level: ServiceLevel, at: tuple[str, int]) -> Iterator[Mistake]:
    kind = " or ".join(level.indicator.kinds)
    names = [each.name for each in contract.kept_in(level.indicator.kinds)]
    if not names:
        yield (*at, "indicator"), f"counts {kind}, and sources: names none of that kind"
    elif level.source and level.source not in names:
        hint = meant(level.source, names, f"use {' or '.join(names)}")
        yield (*at, "source"), f"{shown(level.source)} is not a source of {kind}; {hint}"
    yield from _operation(contract, level, at)
    if level.scope == "each-repository":
        yield (*at, "scope"), f"does not belong to {level.indicator.id}: records have no repository"


def _operation(contract: Contract, level: ServiceLevel, at: tuple[str, int]) -> Iterator[Mistake]:
    """What a service level on a service or on defects needs of their sections."""
    indicator = level.indicator
    services = [each.name for each in contract.services]
    if "service" in indicator.selects:
        if not level.service:
            yield (*at, "service"), f"is missing: {indicator.id} judges one service"
        elif services and level.service not in services:
            hint = meant(level.service, services, f"use {' or '.join(services)}")
            yield (*at, "service"), f"{shown(level.service)} is not in services:; {hint}"
    if level.measure == "requests" and not contract.kept_in(("probes",)):
        yield (*at, "measure"), "counts requests, and sources: names no probes"
    defects = contract.defects or Defects()
    if level.severity and level.severity not in defects.severities:
        known = list(defects.severities)
        instead = f"use {' or '.join(known)}" if known else "list them there, the gravest first"
        hint = meant(level.severity, known, instead)
        text = f"{shown(level.severity)} is not in defects.severities; {hint}"
        yield (*at, "severity"), text
    if indicator.id in _OF_DELIVERY and defects.escaped is None:
        text = "needs defects.escaped: it says which ones were found after delivery"
        yield (*at, "indicator"), text
    if indicator.per and not contract.repositories:
        yield ("repositories",), f"is missing: {indicator.id} is counted per line of code"


def _hours(contract: Contract) -> Iterator[Mistake]:
    """Calendars of services that the contract does not have."""
    known = sorted({each.name for each in contract.calendars})
    for number, service in enumerate(contract.services):
        at = ("services", number)
        planned = service.maintenance
        for place, name in (
            ((*at, "hours"), service.hours),
            ((*at, "maintenance", "hours"), planned.hours if planned else ""),
        ):
            if name and name not in known:
                hint = meant(name, known, f"calendars: has {', '.join(known) or 'none'}")
                yield place, f"{shown(name)} is not a known calendar; {hint}"
