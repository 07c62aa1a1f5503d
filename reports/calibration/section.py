"""Proposed levels as the section ``service_levels:`` of a contract, the reasons as comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from quality.model.benchmark import Calibration, Proposal, SystemValue
from reports.calibration import words
from reports.scorecard.words import places
from reports.shared import numbers
from reports.shared.text import safe_text

WIDTH = 96


def render(calibration: Calibration) -> str:
    """YAML that stands in a contract as it is: one service level an indicator."""
    lines = [*_head(calibration), "service_levels:"]
    for number, proposal in enumerate(calibration.main, 1):
        lines += _level(number, proposal, calibration)
    return "\n".join(lines) + "\n"


def _head(calibration: Calibration) -> Iterator[str]:
    peers = places.peers(calibration.peers).replace(numbers.THIN, ",")
    yield from _comment(
        f"Levels proposed from {peers}. expected: what a quarter of them reach, the "
        f"median of the better half. minimum: what four fifths of them reach. In brackets: where "
        f"the level lies in nine of ten samples of as many systems. What the systems cannot tell "
        f"is of class key: decide yourself whether anything hangs on it."
    )
    for note in calibration.notes:
        yield from _comment(f"Note: {note}.")
    for name, language, nloc in calibration.systems:
        spoken = language or "several languages"
        yield from _comment(f"Beside them: {name}, {spoken}, {nloc:,} NLOC.")


def _level(number: int, proposal: Proposal, calibration: Calibration) -> Iterator[str]:
    yield f"  - id: Q-{number}"
    yield f"    name: {proposal.title}"
    yield f"    class: {'key' if proposal.doubts or proposal.reported_only else 'critical'}"
    yield f"    indicator: {proposal.indicator}"
    if proposal.parameter:
        name, limit = proposal.parameter
        yield f"    {name}: {limit}"
    for name, level in (("expected", proposal.expected), ("minimum", proposal.minimum)):
        share = proposal.reach(level.value)
        key = f"    {name}: {level.value:f}"
        yield f"{key:<22}# {share} % of {proposal.peers.systems} reach it ({words.span(level)})"
    for doubt in proposal.doubts:
        yield from _comment(f"Doubt: {doubt}.", "    ")
    if proposal.own:
        yield from _comment(_own(proposal), "    ")
    others = words.others(calibration, proposal)
    if others:
        yield from _comment(f"With other limits (expected, minimum): {_others(others)}.", "    ")


def _own(proposal: Proposal) -> str:
    """Where the systems in question stand, the worst first."""
    ordered = sorted(proposal.own, key=lambda each: each.value, reverse=proposal.good != "high")
    return f"Yours: {'; '.join(_one(proposal, each) for each in ordered)}."


def _one(proposal: Proposal, own: SystemValue) -> str:
    better = places.better_than(proposal.rank(own.value))
    number = numbers.number(own.value, 2).replace(numbers.THIN, "")
    return f"{own.system} {number} reaches {words.reached(proposal, own)}, better than {better} %"


def _others(others: Sequence[Proposal]) -> str:
    return "; ".join(
        f"{each.parameter[0]} {each.parameter[1]}: {each.expected.value:f}, {each.minimum.value:f}"
        for each in others
        if each.parameter
    )


def _comment(text: str, indent: str = "") -> Iterator[str]:
    for line in wrap(
        safe_text(text), WIDTH - len(indent), break_long_words=False, break_on_hyphens=False
    ):
        yield f"{indent}# {line}"
