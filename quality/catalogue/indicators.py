"""The catalogue of indicators: what a service level may measure, and how its value is made.

An indicator's numerator and denominator come from the table macro of the same name in
``quality/store/sql/indicators`` (dots become underscores); the value is
scale x numerator / denominator.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quality.model.verdict import Good


@dataclass(frozen=True, slots=True)
class Parameter:
    """An indicator's own number in the contract; ``default`` None: the contract must give it."""

    name: str
    at_least: int
    default: int | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the catalogue. ``combine``: how the repositories make the contract's value (sums
    of numerators and denominators, a plain total, the largest); ``key_only``: no money may hang on
    it; ``measures``: what it says, for help and reports."""

    id: str
    title: str
    unit: str
    good: Good
    scale: int
    measures: str
    parameter: Parameter | None = None
    combine: Literal["sum", "total", "max"] = "sum"
    key_only: bool = False

    @property
    def macro(self) -> str:
        """The name of the table macro that counts it."""
        return self.id.replace(".", "_")


_ABOVE = Parameter("above", 0)
_LINES = Parameter("lines", 2, default=6)

_CATALOGUE = (
    Indicator("size.nloc", "Program size", "NLOC", "none", 1,
              "lines of code without blank and comment lines", combine="total", key_only=True),
    Indicator("size.files", "Files", "files", "none", 1, "production files",
              combine="total", key_only=True),
    Indicator("size.functions", "Functions", "functions", "none", 1,
              "functions in production files", combine="total", key_only=True),
    Indicator("complexity.nloc_share", "Code in overly complex functions", "percent", "low", 100,
              "NLOC of functions whose cyclomatic complexity is above the limit, of all functions' "
              "NLOC", _ABOVE),
    Indicator("complexity.max", "Most complex function", "CCN", "low", 1,
              "largest cyclomatic complexity of a function", combine="max"),
    Indicator("unit_size.nloc_share", "Code in overly long functions", "percent", "low", 100,
              "NLOC of functions longer than the limit, of all functions' NLOC", _ABOVE),
    Indicator("unit_interface.nloc_share", "Code in functions with too many parameters", "percent",
              "low", 100, "NLOC of functions with more parameters than the limit, of all "
              "functions' NLOC", _ABOVE),
    Indicator("duplication.share", "Duplicated code", "percent", "low", 100,
              "code lines inside a window of consecutive lines that stands twice or more, of all "
              "code lines", _LINES),
    Indicator("errors.density", "Coding errors", "per KNLOC", "low", 1000,
              "findings of the recipe's error rules per 1,000 lines of Python"),
    Indicator("warnings.density", "Coding warnings", "per KNLOC", "low", 1000,
              "findings of the recipe's warning rules per 1,000 lines of Python"),
    Indicator("suppressions.density", "Suppressed analyzers", "per KNLOC", "low", 1000,
              "directives that ask an analyzer to look away, per 1,000 lines of code"),
    Indicator("suppressions.hidden", "Findings hidden by directives", "findings", "low", 1,
              "findings of the recipe's rules that directives would have hidden", combine="total"),
    Indicator("measured.share", "Measured code", "percent", "high", 100,
              "bytes of production files that every applicable analyzer measured"),
    Indicator("tests.ratio", "Test code", "percent", "high", 100,
              "NLOC of test files, of the production files' NLOC"),
    Indicator("python.cc.block_share", "Overly complex Python blocks", "percent", "low", 100,
              "radon's functions and methods above the limit, of all of them", _ABOVE),
    Indicator("python.cc.max", "Most complex Python block", "CC", "low", 1,
              "radon's largest cyclomatic complexity of a function or method", combine="max"),
    Indicator("python.cc.mean", "Mean Python complexity", "CC", "low", 1,
              "radon's mean cyclomatic complexity", key_only=True),
    Indicator("python.mi.mean", "Mean maintainability index", "MI", "high", 1,
              "radon's maintainability index (0-100), weighted by NLOC", key_only=True),
)  # fmt: skip

INDICATORS = {indicator.id: indicator for indicator in _CATALOGUE}
