"""A change judged by the contract's gate rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from quality.model.recipe import RecipeInfo
from quality.model.verdict import Good

GateOutcome = Literal["passed", "failed", "unknown"]


@dataclass(frozen=True, slots=True)
class GateHit:
    """A place that a gate rule speaks of, in the head. ``rule`` is the finer rule (a pylint id, a
    tool) or the gate rule itself; ``number`` and ``limit`` say by how much; ``fingerprint`` is
    stable when lines move and files are renamed; ``new``: it was not there in the base."""

    path: str
    line: int
    end_line: int
    rule: str
    title: str
    message: str
    number: int | None
    limit: int | None
    fingerprint: str
    new: bool


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """A gate rule judged on a change. ``why`` is the contract's reason for the rule, ``reason``
    why it failed or could not be judged; ``value`` stands against ``limit``: at most where low is
    ``good``, at least where high is. ``hits`` worst first, new ones before unchanged ones."""

    id: str
    rule: str
    parameters: tuple[tuple[str, int], ...]
    value: Decimal | None
    unit: str
    limit: Decimal | None
    good: Good
    outcome: GateOutcome
    reason: str
    why: str
    hits: tuple[GateHit, ...]


@dataclass(frozen=True, slots=True)
class GateResult:
    """A change judged by the contract's gate rules. Commits are full ids; ``files`` counts the
    production and test files that the change touches; ``notes`` tell what a reviewer must know:
    the merge changes the contract or the CI definition."""

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
