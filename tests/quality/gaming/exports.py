"""Moves with what a help desk exports, as pairs: the honest export fails its service level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.scorecard.page import html
from tests.helpdesk import HelpDesk


@dataclass(frozen=True)
class Case:
    """A pair of exports: ``gamed`` may be several, each at its moment. ``words``: what the page
    says where the gamed one is met; "": it fails."""

    name: str
    level: str
    honest: list[str]
    gamed: Sequence[tuple[str, list[str]]]
    words: str = ""
    more: str = ""


def assert_told(case: Case, read: str, agree: Callable[[HelpDesk], object], folder: Path) -> None:
    """The honest export, of the moment ``read``, fails the first service level of the contract that
    ``agree`` writes; so do the gamed ones, or the page says the case's words."""
    for name, exports in (("honest", [(read, case.honest)]), ("gamed", case.gamed)):
        (folder / name).mkdir()
        desk = HelpDesk(folder / name)
        agree(desk)
        for at, rows in exports:
            desk.received(rows, at)
        desk.take_in(read if len(exports) == 1 else exports[-1][0])
        (evaluation,) = desk.evaluate("2026-Q2", pages=name == "gamed")
        verdict = evaluation.service_levels[0]
        met = name == "gamed" and case.words
        assert verdict.outcome == ("met" if met else "failed"), verdict.reason
        if met:
            assert case.words in html.page(evaluation)
