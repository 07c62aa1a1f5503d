"""The formats of a report that are one text; the pages of ``html`` stand beside them."""

from collections.abc import Sequence
from typing import Protocol

from quality.model.evaluation import Evaluation
from reports.scorecard import csv, json, markdown


class ScorecardFormat(Protocol):
    """A format: a module with these names. ``SUFFIX``: its file's; ``ABOUT``: what it holds."""

    SUFFIX: str
    ABOUT: str

    def render(self, evaluations: Sequence[Evaluation]) -> str:
        """The whole file's text, to be written as UTF-8."""


FORMATS: dict[str, ScorecardFormat] = {"json": json, "csv": csv, "markdown": markdown}
