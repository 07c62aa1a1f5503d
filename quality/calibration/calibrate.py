"""Measured systems beside the public ones: the levels that these suggest, and where those stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quality.benchmark.data import FACTOR, Benchmark, Query
from quality.benchmark.languages import SHARE, title
from quality.benchmark.proposal import proposals
from quality.calibration.systems import System
from quality.errors import UsageError
from quality.model.benchmark import Calibration, Proposal, SystemValue
from quality.model.rank import Peers


def calibrate(
    benchmark: Benchmark, systems: Sequence[System], language: str, nloc: int
) -> Calibration:
    """The levels from the public systems of a language ("": of the systems' own, or of all) and of
    a like size (``nloc`` 0: of any), with the values of ``systems`` in them (UsageError: there is
    nothing to propose from)."""
    languages = {system.language for system in systems}
    chosen = language or (languages.pop() if len(languages) == 1 else "")
    main, others = proposals(benchmark, chosen, nloc)
    if not main:
        size = f" between {nloc // FACTOR:,} and {nloc * FACTOR:,} NLOC" if nloc else ""
        spoken = title(chosen) or "public"
        raise UsageError(
            f"the benchmark of recipe {benchmark.recipe.id} has no {spoken} systems{size} "
            f"that were measured as this program measures: leave out --like or --language"
        )
    largest = max(main, key=lambda each: each.peers.systems)
    return Calibration(
        peers=largest.peers,
        systems=tuple((each.name, title(each.language), each.nloc) for each in systems),
        main=tuple(_beside(each, systems) for each in main),
        others=tuple(_beside(each, systems) for each in others),
        notes=tuple(_notes(benchmark, systems, language, chosen, largest.peers)),
    )


def _beside(made: Proposal, systems: Sequence[System]) -> Proposal:
    query: Query = made.indicator, made.parameter[1] if made.parameter else None
    own = (
        SystemValue(each.name, each.nloc, round(each.values[query], 6))
        for each in systems
        if query in each.values
    )
    return replace(made, own=tuple(own))


def _notes(
    benchmark: Benchmark, systems: Sequence[System], asked: str, chosen: str, peers: Peers
) -> Iterator[str]:
    """What a reader must know of the comparison."""
    if systems and not chosen:
        yield (
            f"The systems are in several languages, or in none that holds {SHARE} % of their code: "
            f"they stand beside systems of all languages, name one with --language"
        )
    for system in systems:
        if asked and system.language != asked:
            spoken = f"in {title(system.language)}" if system.language else "of several languages"
            yield f"{system.name} is {spoken}, and stands beside {peers.language} systems"
    left = sorted({name for name, spoken in benchmark.stale() if chosen in ("", spoken)})
    if left:
        yield (
            f"Nothing is said of {', '.join(left)}: the public systems were measured by other "
            f"rules or tools than measure here"
        )
