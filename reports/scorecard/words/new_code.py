"""The code beside its baseline, summed for a reader: what was taken over and what is new."""

from collections.abc import Sequence

from quality.model.evaluation import Evaluation, SnapshotBaseline
from quality.model.scorecard import NewCode


def rows(evaluation: Evaluation) -> tuple[NewCode, ...]:
    """Each measure over all repositories, in order."""
    by_measure: dict[str, list[NewCode]] = {}
    for each in evaluation.scorecard.new_code:
        by_measure.setdefault(each.measure, []).append(each)
    return tuple(_sum(measure, found) for measure, found in by_measure.items())


def _sum(measure: str, found: Sequence[NewCode]) -> NewCode:
    return NewCode(
        "",
        measure,
        baseline=sum(each.baseline for each in found),
        inherited=sum(each.inherited for each in found),
        changed=sum(each.changed for each in found),
        new=sum(each.new for each in found),
    )


def compared(evaluation: Evaluation) -> tuple[tuple[str, SnapshotBaseline], ...]:
    """The repositories that have a baseline, each with it."""
    return tuple((each.repository, each.baseline) for each in evaluation.snapshots if each.baseline)
