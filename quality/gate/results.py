"""What a rule found in a change, and how it is told apart from what others found."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from quality.model.gate import GateHit


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What a rule found. ``value`` None: there was nothing to judge; ``unknown``: why it could not
    be judged; ``reason``: what is worth saying of a value; ``limit``: the base's value, of rules
    that the contract gives none; ``unit``: the value's, where it is not the rule's."""

    value: Decimal | None
    failed: bool
    hits: tuple[GateHit, ...] = ()
    reason: str = ""
    unknown: str = ""
    limit: Decimal | None = None
    unit: str = ""


def decimal(exact: Fraction) -> Decimal:
    """A fraction rounded to six decimals, for display; without zeros at its end."""
    value = Decimal(round(exact * 1_000_000)) / 1_000_000
    return Decimal(int(value)) if value == int(value) else value.normalize()


def fingerprinted(hits: Iterable[GateHit]) -> tuple[GateHit, ...]:
    """The hits with their final fingerprints, made of the finer rule, what the judge put there (a
    context, a name: no path and no line), and a number among equal ones by their place."""
    ordered = list(hits)
    seen: Counter[tuple[str, str]] = Counter()
    marks = dict[int, str]()
    for number in sorted(range(len(ordered)), key=lambda n: (ordered[n].path, ordered[n].line, n)):
        each = ordered[number]
        same = (each.rule, each.fingerprint)
        text = "\0".join((*same, str(seen[same])))
        seen[same] += 1
        marks[number] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return tuple(replace(each, fingerprint=marks[n]) for n, each in enumerate(ordered))
