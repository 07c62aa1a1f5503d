"""The outcome of several service levels, and the exit code that says it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quality.cli.session import exit_code
from quality.model.verdict import Outcome, overall
from quality.verdicts.verdict import verdict
from tests.quality.verdicts.levels import CONTRACT, level, state


@pytest.mark.parametrize(
    ("critical", "key", "outcome", "strict"),
    [
        (("met", "below_expected"), ("failed",), "met", "failed"),
        (("met",), ("unknown",), "met", "unknown"),
        (("unknown", "met"), (), "unknown", "unknown"),
        (("unknown", "failed"), (), "failed", "failed"),
        (("met", "excused"), (), "met", "met"),
        ((), (), "met", "met"),
    ],
)
def test_failed_above_unknown_above_met(
    critical: tuple[str, ...], key: tuple[str, ...], outcome: str, strict: str
) -> None:
    judged = verdict(level(), CONTRACT, [state(level(), 1, 100)])
    verdicts = [
        *(replace(judged, outcome=each) for each in critical),
        *(replace(judged, outcome=each, level_class="key") for each in key),
    ]
    assert (overall(verdicts), overall(verdicts, strict=True)) == (outcome, strict)


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [(["met", "below_expected", "excused"], 0), (["met", "failed"], 1), (["unknown"], 3),
     (["failed", "unknown"], 3), ([], 0)],
)  # fmt: skip
def test_exit_codes_of_verdicts(outcomes: list[Outcome], code: int) -> None:
    """Unknown beats failed: 3 beats 1."""
    from tests.reports.samples import evaluation

    sample = evaluation()
    one = verdict(level(), CONTRACT, [state(level(), 1, 100)])
    key = [replace(one, outcome=each, level_class="key") for each in outcomes]
    critical = [replace(one, outcome=each) for each in outcomes]
    assert exit_code([replace(sample, service_levels=tuple(critical))], strict=False) == code
    assert exit_code([replace(sample, service_levels=tuple(key))], strict=False) == 0
    assert exit_code([replace(sample, service_levels=tuple(key))], strict=True) == code


def test_a_repository_without_snapshot_is_never_a_pass() -> None:
    """Not even where all service levels are key ones."""
    from quality.verdicts.judgement import whole_outcome
    from tests.reports.samples import evaluation

    sample = evaluation()
    met = replace(verdict(level(), CONTRACT, [state(level(), 1, 100)]), level_class="key")
    unread = replace(sample.snapshots[0], commit=None, reason="no branch 'main'")
    assert whole_outcome((met,), sample.snapshots) == "met"
    assert whole_outcome((met,), (*sample.snapshots, unread)) == "unknown"
    failed = replace(met, level_class="critical", outcome="failed")
    assert whole_outcome((failed,), (unread,)) == "failed"
    one = replace(sample, service_levels=(met,), outcome=whole_outcome((met,), (unread,)))
    assert exit_code([one], strict=False) == 3
