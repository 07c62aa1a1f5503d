"""Several contracts on a terminal: a line each, a line for each cause, and the sum of all."""

from collections import Counter
from collections.abc import Iterator, Sequence

from quality.model.evaluation import Evaluation
from quality.model.verdict import WORST_FIRST
from reports.scorecard import terminal
from reports.scorecard.terminal import MARKS, table
from reports.scorecard.words import money, overview, portfolio, view
from reports.shared.text import safe_text

WIDE = 40  # characters of a supplier's name
COLUMNS = ("supplier", "contract", "period", "outcome", "not met", "credits")


def shown(evaluations: Sequence[Evaluation], verbose: bool) -> str:
    """What a command says of its contracts: of one all, of several the summary, unless all is
    asked for."""
    return (terminal.render if verbose or len(evaluations) == 1 else render)(evaluations)


def render(evaluations: Sequence[Evaluation]) -> str:
    """The contracts, worst first; then why what is unknown is unknown, each cause once."""
    stakes = overview.stakes(evaluations)
    order = sorted(
        range(len(evaluations)),
        key=lambda row: (WORST_FIRST.index(view.shown_outcome(evaluations[row])), -stakes[row]),
    )
    ordered = [evaluations[row] for row in order]
    causes = [f"{view.named(ids)}: {cause}" for cause, ids in _causes(ordered).items()]
    lines = [table(COLUMNS, [_row(each) for each in ordered]), *map(safe_text, causes)]
    return "\n".join([*lines, *[""] * bool(causes), _sum(evaluations)]) + "\n"


def _row(evaluation: Evaluation) -> tuple[str, ...]:
    levels = [
        verdict
        for outcome in ("failed", "unknown", "below_expected")
        for verdict in evaluation.service_levels
        if verdict.outcome == outcome and verdict.level_class == "critical"
    ]
    named = ", ".join(f"{MARKS[verdict.outcome][0]} {verdict.id}" for verdict in levels)
    statement = money.priced(evaluation)
    credited = money.claimed(statement) if statement else ""
    period = evaluation.period.id + (" to date" if evaluation.period.to_date else "")
    supplier = evaluation.supplier
    supplier = supplier if len(supplier) <= WIDE else f"{supplier[: WIDE - 1]}…"
    outcome = MARKS[view.shown_outcome(evaluation)]
    return supplier, evaluation.contract_id, period, outcome, named, credited


def _causes(evaluations: Sequence[Evaluation]) -> dict[str, list[str]]:
    """The contracts that each cause concerns; what is only several of them put together is none."""
    found: dict[str, list[str]] = {}
    for evaluation in evaluations:
        for cause in dict.fromkeys(_told(evaluation)):
            found.setdefault(cause, []).append(evaluation.contract_id)
    parts = {cause: cause.split("; ") for cause in found}
    return {
        cause: ids
        for cause, ids in found.items()
        if len(parts[cause]) == 1 or not all(part in found for part in parts[cause])
    }


def _told(evaluation: Evaluation) -> Iterator[str]:
    yield from (f"{each.repository}: {each.reason}" for each in evaluation.snapshots if each.reason)
    yield from (
        verdict.reason
        for verdict in evaluation.service_levels
        if verdict.outcome == "unknown" and verdict.reason
    )


def _sum(evaluations: Sequence[Evaluation]) -> str:
    outcomes = Counter(map(view.shown_outcome, evaluations))
    known = [each for each in WORST_FIRST if outcomes[each]]
    parts = [f"{outcomes[each]} {MARKS[each][2:].lower()}" for each in known]
    parts += [
        f"{each.currency} {portfolio.NOT_KNOWN}"
        if each.claimed == portfolio.NOT_KNOWN
        else f"{each.claimed} claimed".replace("\u00a0", " ")
        for each in portfolio.sums(evaluations, whole=False)
    ]
    told = ", ".join(parts)
    return f"{len(evaluations)} contracts: {told}. --verbose shows each service level."
