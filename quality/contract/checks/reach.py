"""Levels that nobody or nearly everybody reaches, by the public systems of the open benchmark."""

from collections.abc import Iterator
from decimal import Decimal

from quality.benchmark.data import ENOUGH, Benchmark, benchmark
from quality.benchmark.languages import LANGUAGES
from quality.benchmark.proposal import proposal
from quality.catalogue.recipes import load_recipe
from quality.contract.contract import Contract
from quality.contract.sections.levels import ServiceLevel
from quality.contract.text.yaml import Location
from quality.model.benchmark import Proposal

MANY, FEW = 90, 10  # percent of the systems


def out_of_reach(contract: Contract) -> Iterator[tuple[Location, str]]:
    """A place and a sentence for each critical level that at least ``MANY`` percent of the public
    systems reach, and for each level that at most ``FEW`` percent reach."""
    known = benchmark(load_recipe(*contract.measured_by))
    for number, level in enumerate(contract.service_levels):
        made = _compared(known, level)
        if made is None or made.peers.systems < ENOUGH:
            continue
        for key, value in (("expected", level.stated_expected), ("minimum", level.minimum)):
            if value is not None and (what := _odd(key, value, level, made)):
                yield ("service_levels", number, key), what


def _compared(known: Benchmark, level: ServiceLevel) -> Proposal | None:
    """What public systems say of a level's indicator: those in its own language, or all."""
    given = level.parameters[0][1] if level.parameters else None
    if not isinstance(given, str):
        return proposal(known, (level.indicator.id, given))
    spoken = [each.id for each in LANGUAGES.values() if given in each.read_as]
    return proposal(known, (level.indicator.id, None), spoken[0]) if len(spoken) == 1 else None


def _odd(key: str, value: Decimal, level: ServiceLevel, made: Proposal) -> str:
    """What is to be said of a limit; "" where it is an ordinary one. A share that is meant to be
    whole (measured code, say) is reached by nearly all, and asked for all the same."""
    share = made.reach(value)
    spoken = f" {made.peers.language}" if made.peers.language else ""
    systems = f"of {made.peers.systems} public{spoken} systems"
    best, middle = made.values[0].value, made.values[len(made.values) // 2].value
    meant_whole = made.good == "high" and middle == best
    if key == "minimum" and level.level_class == "critical" and share >= MANY:
        if value != best and not meant_whole:
            return f"{share} % {systems} are at this minimum or better"
    elif share <= FEW:
        return f"only {share} % {systems} reach this {key} value"
    return ""
