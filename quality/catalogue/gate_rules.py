"""The catalogue of merge-gate rules: what a contract's gate may ask, and the threshold it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class GateRuleKind:
    """One row of the catalogue. ``threshold`` is the contract key of its limit (None: it has
    none), ``default`` its value where the contract gives none (None: the contract must)."""

    id: str
    measures: str
    threshold: Literal["at_most", "at_least"] | None
    number: Literal["whole", "share", "ratio"] = "whole"
    default: int | None = None


_CATALOGUE = (
    GateRuleKind("function.ccn", "cyclomatic complexity of each new or changed function",
                 "at_most"),
    GateRuleKind("function.nloc", "lines of code of each new or changed function", "at_most"),
    GateRuleKind("function.parameters", "parameters of each new or changed function", "at_most"),
    GateRuleKind("function.nesting", "nesting depth of each new or changed function", "at_most"),
    GateRuleKind("findings.new", "findings that the base does not have", "at_most", default=0),
    GateRuleKind("suppressions.new", "new directives that ask an analyzer to look away",
                 "at_most", default=0),
    GateRuleKind("duplication.new_share", "percent of the new code lines that stand elsewhere too",
                 "at_most", "share"),
    GateRuleKind("tests.ratio", "new test code, in percent of the new production code",
                 "at_least", "ratio"),
    GateRuleKind("no_worse", "an indicator over the whole of head, against the whole of base",
                 None),
    GateRuleKind("unmeasured.new", "changed files that an analyzer cannot measure", "at_most",
                 default=0),
)  # fmt: skip

GATE_RULES = {kind.id: kind for kind in _CATALOGUE}
