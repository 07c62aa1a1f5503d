"""A change judged by the contract's gate rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from quality.model.recipe import RecipeInfo, Severity
from quality.model.verdict import Good

GateOutcome = Literal["unknown", "failed", "passed"]
"""From what decides the outcome of the whole first, as the exit codes have it."""


@dataclass(frozen=True, slots=True)
class GateRuleKind:
    """A row of the catalogue: all that the contract, the gate and the reports know of a rule.

    What it says: ``measures`` and ``remedy`` (how to get below the limit) to engineers, ``why`` a
    customer asks for it, ``exploit``: the cheapest way to a pass without good work, and what
    stands against it.

    What it needs: ``analyzers`` (none: those of its indicator or of the recipe's rules, or it
    judges what no analyzer could measure) over ``files``: the changed production files and their
    base versions, and with them the changed tests, or all production files of the languages they
    are written in, or what its indicator stands on.

    What the contract gives: the limit's key ``threshold`` (None: it is compared with the base),
    a ``number`` of this kind, ``default`` where the contract may leave it out; ``takes``: its
    other keys. ``always``: it judges where the contract does not name it, by its default.
    ``unit`` and ``good`` are the indicator's where it takes one; ``fixed``: its own parameters;
    ``reports``: it reads what tests report of the head.
    """

    id: str
    measures: str
    why: str
    remedy: str
    exploit: str
    analyzers: tuple[str, ...]
    unit: str
    good: Good = "low"
    files: Literal["changed", "tests", "languages", "trees"] = "changed"
    threshold: Literal["at_most", "at_least"] | None = "at_most"
    number: Literal["whole", "share", "ratio"] = "whole"
    default: int | None = None
    takes: tuple[Literal["rules", "severity", "cwe", "language", "touched", "indicator"], ...] = ()
    fixed: tuple[tuple[str, int], ...] = ()
    always: bool = False
    reports: bool = False


@dataclass(frozen=True, slots=True)
class GateHit:
    """A place that a gate rule speaks of, in the head. ``rule`` is the finer rule (an error
    analyzer's, a tool) or the gate rule itself; ``fingerprint`` is stable when lines move and files
    are renamed; ``number`` and ``limit`` say by how much; ``new``: it was not there in the base.
    Of a finding, what the recipe says of its rule: its ``list``, how severe it is, its weakness by
    CWE (0: none), and whether that is on the recipe's security list."""

    path: str
    line: int
    end_line: int
    rule: str
    title: str
    message: str
    fingerprint: str
    number: int | None = None
    limit: int | None = None
    new: bool = True
    list: Literal["errors", "warnings", "excluded", ""] = ""
    severity: Severity | Literal[""] = ""
    cwe: int = 0
    security: bool = False


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """A gate rule judged on a change. ``why`` is the contract's reason for the rule, ``reason``
    why it failed or could not be judged; ``value`` stands against ``limit``: at most where low is
    ``good``, at least where high is. ``hits`` worst first, new ones before unchanged ones."""

    id: str
    kind: GateRuleKind
    parameters: tuple[tuple[str, int | str], ...]
    value: Decimal | None
    unit: str
    limit: Decimal | None
    good: Good
    outcome: GateOutcome
    reason: str
    why: str
    hits: tuple[GateHit, ...]

    @property
    def rule(self) -> str:
        """The rule's name in the contract, such as ``function.ccn``."""
        return self.kind.id


@dataclass(frozen=True, slots=True)
class GateResult:
    """A change judged by the contract's gate rules. Commits are full ids; ``files`` counts the
    production and test files that the change touches; ``notes`` tell what a reviewer must know:
    the merge changes the contract or the CI definition; ``command`` judges the same again."""

    contract_id: str
    contract_digest: str
    supplier: str
    repository: str
    base: str
    merge_base: str
    head: str
    recipe: RecipeInfo
    files: int
    notes: tuple[str, ...]
    verdicts: tuple[GateVerdict, ...]
    outcome: GateOutcome
    command: str = ""
