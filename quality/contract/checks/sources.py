"""What sources of reports demand of the repositories and service levels that they belong to."""

from collections.abc import Iterator, Sequence

from collectors.languages.suffixes import SUFFIXES
from quality.contract.contract import Contract
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.sources import SECTIONS, CoverageSource, FindingsSource, Source
from quality.contract.text.values import meant, shown
from quality.contract.text.yaml import Mistake


def source_problems(contract: Contract) -> Iterator[Mistake]:
    """Every source of no repository, or of a name that is taken, and every service level whose
    reports nobody gives."""
    repositories = [each.name for each in contract.repositories]
    taken: dict[str, str] = {}
    for section in SECTIONS:
        for number, source in enumerate(contract.sources(section)):
            at = (section, number)
            if source.repository not in repositories:
                hint = meant(source.repository, repositories, f"use {' or '.join(repositories)}")
                text = f"{shown(source.repository)} is not a repository of this contract; {hint}"
                yield (*at, "repository"), text
            if taken.setdefault(source.name, section) != section:
                text = f"{shown(source.name)} is a source of {taken[source.name]} too: rename one"
                yield (*at, "name"), text
            if isinstance(source, CoverageSource):
                for each, language in enumerate(source.languages):
                    if language not in SUFFIXES:
                        hint = meant(language, SUFFIXES, f"use one of {', '.join(SUFFIXES)}")
                        text = f"{shown(language)} is not a language that is measured; {hint}"
                        yield (*at, "languages", each), text
    for number, level in enumerate(contract.service_levels):
        yield from _unserved(contract, level, ("service_levels", number))


def _unserved(contract: Contract, level: ServiceLevel, at: tuple[str, int]) -> Iterator[Mistake]:
    section = level.indicator.records
    if section is None:
        return
    sources = contract.sources(section)
    if level.source and level.source not in (names := [each.name for each in sources]):
        hint = meant(level.source, names, f"{section}: names them")
        yield (*at, "source"), f"{shown(level.source)} is not a source of {section}; {hint}"
        return
    serving = of_level(level, sources)
    given = {each.repository for each in serving}
    lacking = [each.name for each in contract.repositories if each.name not in given]
    if level.source:  # it speaks of one repository, and the parties know which
        lacking = []
    if lacking:
        what = f" of {level.tool}" if level.tool else ""
        text = f"counts reports, and {section}: names no source{what} for {', '.join(lacking)}"
        yield (*at, "indicator"), text


def of_level(level: ServiceLevel, sources: Sequence[Source]) -> list[Source]:
    """The sources whose reports a service level counts."""
    return [each for each in sources if serves(level, each)]


def serves(level: ServiceLevel, source: Source) -> bool:
    """Whether a source's reports can be among those that a service level counts."""
    tool = source.tool if isinstance(source, FindingsSource) else ""
    named = not level.source or level.source == source.name
    return named and (not level.tool or not tool or level.tool == tool)
