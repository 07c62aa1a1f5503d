"""What a scorecard says before any HTML: the headline, the gaps, the names of its files."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.model.verdict import RecordReading
from reports.scorecard.page import html
from reports.scorecard.words import view
from tests.reports import samples

HEADLINES = {
    ("met", "met"): "All 2 critical service levels met",
    (
        "met",
        "below_expected",
    ): "1 of 2 critical service levels below expected, none below the minimum",
    ("met",): "The critical service level is met",
    ("failed",): "The critical service level failed",
    ("failed", "failed", "unknown"): "2 of 3 critical service levels failed, 1 could not be "
    "measured",
    ("unknown", "met"): "1 of 2 critical service levels could not be measured",
    (): "No critical service level to judge",
}


@pytest.mark.parametrize("outcomes", HEADLINES)
def test_headline_counts_critical_levels_only(outcomes: tuple) -> None:
    levels = [samples.verdict("A", "a", None, outcome) for outcome in outcomes]
    key = samples.verdict("K", "k", None, "failed", level_class="key")
    evaluation = samples.evaluation(service_levels=(*levels, key), outcome="met")
    assert view.headline(evaluation) == HEADLINES[outcomes]


def test_gaps_count_files_once_and_the_worst_reason_first() -> None:
    gaps = view.gaps(samples.evaluation())
    assert [(gap.reason, gap.cause, gap.files, len(gap.places)) for gap in gaps] == [
        ("Python 2 syntax", "supplier", 1, 2),
        ("longer than 20000 lines", "ours", 1, 1),
    ]


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=80), max_size=8))
def test_file_names_are_safe_and_differ(ids: list[str]) -> None:
    names = view.file_names(ids)
    assert len({name.casefold() for name in names}) == len(ids)
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,90}\.html", name)


def test_file_names_of_tricky_ids() -> None:
    ids = ("ACME-2026-01", "acme-2026-01", "../etc/passwd", "index", "CON", ".", "a" * 300, "")
    names = view.file_names(ids)
    assert names[0] == "ACME-2026-01.html"
    assert re.fullmatch(r"acme-2026-01-[0-9a-f]{8}-2\.html", names[1])
    assert re.fullmatch(r"etc-passwd-[0-9a-f]{8}\.html", names[2])
    assert re.fullmatch(r"index-[0-9a-f]{8}\.html", names[3])
    assert re.fullmatch(r"CON-[0-9a-f]{8}\.html", names[4])


def test_what_is_to_say_of_a_source_is_said_once_and_above_all_levels() -> None:
    late = RecordReading("desk", "supplier", None, None, ("read late",))
    first, second, third, *_ = samples.evaluation().service_levels
    levels = (
        first, replace(second, readings=(late,)),
        replace(third, readings=(replace(late, source="status"), late)),
    )  # fmt: skip
    evaluation = replace(samples.evaluation(), service_levels=levels)
    assert view.notices(evaluation)[-1] == (("desk", "status"), "read late")
    page = html.page(evaluation)
    assert page.count("read late") == 1
    assert page.count("Source <bdi>desk</bdi>, declared by the supplier.") == 2


def test_only_an_id_that_a_shell_takes_stands_in_a_command() -> None:
    first, *others = samples.evaluation().service_levels
    levels = (first, replace(first, id="TQ-2;reboot"), replace(first, id="--help"), *others[2:])
    page = html.page(replace(samples.evaluation(), service_levels=levels))
    assert "--service-level TQ-1 --period 2026-Q3" in page
    assert "--service-level TQ-2;" not in page
    assert "--service-level --" not in page
