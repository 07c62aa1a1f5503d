import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from quality.model.evaluation import Snapshot, Unmeasured
from quality.model.recipe import RecipeInfo
from quality.model.verdict import Measured, Period, RepositoryValue, TrendPoint
from reports.scorecard.json import render
from tests.reports import samples

SHA = "0123456789abcdef0123456789abcdef01234567"


def acme():
    """The example of the interface."""
    measured = Measured(812, 21410, 100)
    verdict = replace(
        samples.verdict("TQ-1", "Code in overly complex functions", measured, "met"),
        repositories=(RepositoryValue("billing", measured),),
        trend=(TrendPoint("2026-Q2", 4.1), TrendPoint("2026-Q1", None)),
    )
    return replace(
        samples.evaluation(),
        contract_digest="sha256:c0",
        period=Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), to_date=False),
        recipe=RecipeInfo("2026.2", "sha256:4e", (("radon", "6.0.1"), ("lizard", "1.24.3"))),
        snapshots=(
            Snapshot("billing", SHA, datetime(2026, 9, 29, 16, 2, 11), 157,
                     (Unmeasured("a.py", "pylint", "Python 2 syntax", "supplier"),), ""),
        ),
        service_levels=(verdict,),
        outcome="met",
    )  # fmt: skip


def test_is_the_interface_word_for_word() -> None:
    value = {"numerator": 812, "denominator": 21410, "value": 3.79262}
    assert json.loads(render([acme()])) == {
        "format": "workmanship.evaluation/1",
        "contract": {"id": "ACME-2026-01", "supplier": "Acme Software", "digest": "sha256:c0"},
        "period": {"id": "2026-Q3", "from": "2026-07-01", "to": "2026-09-30", "to_date": False},
        "recipe": {
            "id": "2026.2",
            "digest": "sha256:4e",
            "tools": {"lizard": "1.24.3", "radon": "6.0.1"},
        },
        "snapshots": [
            {
                "repository": "billing",
                "commit": SHA,
                "committed_at": "2026-09-29T16:02:11+00:00",
                "files": 157,
                "unmeasured": [
                    {
                        "path": "a.py",
                        "analyzer": "pylint",
                        "reason": "Python 2 syntax",
                        "cause": "supplier",
                    }
                ],
                "reason": "",
                "cause": None,
                "read_at": None,
                "late": False,
                "challenges": [],
                "lost": [],
                "notices": [],
            }
        ],
        "service_levels": [
            {
                "id": "TQ-1",
                "name": "Code in overly complex functions",
                "class": "critical",
                "indicator": "complexity.nloc_share",
                "parameters": {"above": 20},
                **value,
                "unit": "percent",
                "good": "low",
                "expected": 5,
                "minimum": 8,
                "outcome": "met",
                "reason": "",
                "repositories": [{"repository": "billing", **value}],
                "trend": [
                    {"period": "2026-Q2", "value": 4.1},
                    {"period": "2026-Q1", "value": None},
                ],
            }
        ],
        "outcome": "met",
    }


@pytest.mark.parametrize("unit", ["NLOC", "files", "functions", "findings"])
def test_what_is_counted_by_pieces_is_a_count(unit: str) -> None:
    verdict = replace(samples.verdict("A", "a", None, "unknown"), unit=unit)
    assert '"unit": "count",' in render([replace(acme(), service_levels=(verdict,))])


def test_limits_are_integers_where_integral() -> None:
    verdict = samples.verdict(
        "A", "a", None, "unknown", expected=Decimal("0.5"), minimum=Decimal("1E+1")
    )
    text = render([replace(acme(), service_levels=(verdict,))])
    assert '"expected": 0.5,' in text
    assert '"minimum": 10,' in text
    assert '"numerator": null,' in text


def test_an_object_for_one_a_list_for_several() -> None:
    assert isinstance(json.loads(render([acme()])), dict)
    assert [each["outcome"] for each in json.loads(render([acme(), samples.unknown()]))] == [
        "met",
        "unknown",
    ]
    assert render([]) == "[]\n"


def test_keys_are_sorted_and_bytes_stable() -> None:
    text = render(samples.everything())
    assert text == render(samples.everything())
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True) + "\n"


def test_missing_snapshot_is_null_with_its_reason() -> None:
    snapshot = json.loads(render([samples.unknown()]))["snapshots"][0]
    assert (snapshot["commit"], snapshot["committed_at"]) == (None, None)
    assert snapshot["reason"] == "no commit before the end of 2026-Q3"


def test_nothing_of_a_supplier_steers_the_terminal() -> None:
    hostile = replace(acme(), supplier="\x1b[2J\x7f\x9b\u202e\udce9")
    text = render([hostile])
    assert text.isascii()
    assert all(character.isprintable() or character == "\n" for character in text)
    assert json.loads(text)["contract"]["supplier"] == hostile.supplier


def test_moments_are_told_in_utc() -> None:
    at = datetime.fromisoformat("2026-09-29T18:02:11+02:00")
    snapshot = replace(samples.snapshots()[0], committed_at=at)
    told = json.loads(render([replace(acme(), snapshots=(snapshot,))]))["snapshots"][0]
    assert told["committed_at"] == at.astimezone(UTC).isoformat() == "2026-09-29T16:02:11+00:00"
