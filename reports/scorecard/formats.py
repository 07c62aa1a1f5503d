"""The formats of a report that are one file; the pages of ``html`` stand beside them."""

from collections.abc import Sequence
from typing import Protocol

from quality.model.evaluation import Evaluation
from reports.scorecard import csv, json, markdown, xlsx


class Told(Protocol):
    """What every format is: a module with these names. ``SUFFIX``: its file's; ``ABOUT``: what it
    holds."""

    SUFFIX: str
    ABOUT: str


class ScorecardFormat(Told, Protocol):
    """A format that is a text."""

    def render(self, evaluations: Sequence[Evaluation]) -> str:
        """The whole file's text, to be written as UTF-8."""


class BinaryFormat(Told, Protocol):
    """A format that is none, and is written into a folder."""

    def render(self, evaluations: Sequence[Evaluation]) -> bytes:
        """The whole file."""


FORMATS: dict[str, ScorecardFormat] = {"json": json, "csv": csv, "markdown": markdown}
FILES: dict[str, BinaryFormat] = {"xlsx": xlsx}
