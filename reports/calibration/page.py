"""Proposed levels as a self-contained page: each distribution, and where the systems stand."""

from __future__ import annotations

from quality.model.benchmark import Calibration
from reports.calibration import curves, words
from reports.scorecard.page.html import template
from reports.scorecard.words import places


def render(calibration: Calibration) -> str:
    """The page: no script, no network, its own style alone."""
    return template("reports.calibration", "calibration.html.j2").render(
        calibration=calibration, curves=curves, said=words, places=places
    )
