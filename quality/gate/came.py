"""What came with a change that makes an indicator worse: the places behind a failed no_worse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quality.gate.comparison import Comparison
from quality.gate.findings import against_base, directives, weakness
from quality.gate.lines import duplicates
from quality.model.gate import GateHit
from quality.model.recipe import Rule
from quality.store.scope import MetricQuery

# By the indicator's id, which rules' findings it counts.
_FINDINGS: dict[str, Callable[[Rule], bool]] = {
    "errors.density": lambda rule: rule.list == "errors",
    "warnings.density": lambda rule: rule.list == "warnings",
    "security.density": weakness,
}
# And what else is counted one by one.
_OTHERS: dict[str, Callable[[Comparison], list[GateHit]]] = {
    "suppressions.density": directives,
    "duplication.share": duplicates,
}


def came(query: MetricQuery, comparison: Comparison) -> Sequence[GateHit]:
    """What of an indicator's rows is new in the changed files; of other indicators, nothing."""
    found = list[GateHit]()
    if counts := _FINDINGS.get(query.indicator.id):
        language = str(query.parameter) if query.parameter else None
        found = against_base(comparison, counts, language)
    elif other := _OTHERS.get(query.indicator.id):
        found = other(comparison)
    return [each for each in found if each.new]
