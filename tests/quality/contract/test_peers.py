"""The contracts of a framework, found in one folder: they must say the same of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality.cli.app import run
from quality.contract.amendments import load_families
from quality.contract.peers import with_peers
from quality.contract.text.problem import ContractError
from tests.quality.credit_cases import HEAD

SECTIONS = """\
charges: {currency: EUR, at_risk: 12, amounts: [{from: 2026-01-01, amount: 200000}]}
framework:
  id: FW-7
  cap: 30000
  starts: 2026-01-01
service_levels:
  - {id: A, class: critical, indicator: complexity.nloc_share, above: 20, expected: 5, minimum: 8,
     allocation: 100}
"""
FRAMEWORK = "framework:\n  id: FW-7\n  cap: 30000\n  starts: 2026-01-01\n"


def file(
    folder: Path, name: str, *changes: tuple[str, str], suffix: str = ".contract.yaml"
) -> Path:
    text = HEAD.format(starts="2026-01-01", ends="2026-12-31", period="quarter") + SECTIONS
    for old, new in (("ACME-2026-01", name.upper()), *changes):
        assert old in text
        text = text.replace(old, new)
    path = folder / f"{name}{suffix}"
    path.write_text(text, encoding="utf-8")
    return path


def peers(*paths: Path) -> list[list[str]]:
    return [[each.base.id for each in family.peers or ()]
            for family in with_peers(load_families(paths))]  # fmt: skip


def problems(*paths: Path) -> list[str]:
    with pytest.raises(ContractError) as caught:
        with_peers(load_families(paths))
    return [str(each) for each in caught.value.problems]


def test_all_contracts_of_the_folder_that_name_it_are_found(tmp_path: Path) -> None:
    one, two = file(tmp_path, "one"), file(tmp_path, "two", suffix=".yml")
    file(tmp_path, "three", ("FW-7", "FW-8"))
    (tmp_path / "notes.yaml").write_text("FW-7 is a list of things: [a, b]\n")
    (tmp_path / "list.yaml").write_text("- FW-7\n")
    (tmp_path / "old.events.yaml").write_text("not a contract: [FW-7")
    assert peers(one) == [["TWO"]]
    assert peers(one, two) == [["TWO"], ["ONE"]]
    joined = file(tmp_path, "four.amendment-1", ("FOUR.AMENDMENT-1", "FOUR-2"),
                  ("  period:", "  amends: FOUR\n  effective: 2026-07-01\n  period:"))  # fmt: skip
    file(tmp_path, "four", (FRAMEWORK, ""))
    assert peers(one) == [["FOUR", "TWO"]], "an amendment takes it in"
    assert joined.is_file()


def test_without_a_framework_there_are_none(tmp_path: Path) -> None:
    file(tmp_path, "two")
    bare = file(
        tmp_path, "one", ("framework:\n  id: FW-7\n  cap: 30000\n  starts: 2026-01-01\n", "")
    )
    assert peers(bare) == [[]]


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("cap: 30000", "cap: 40000", "framework.cap",
         "must be 40000, as in {two}:16:8: the contracts of a framework share one cap"),
        ("starts: 2026-01-01\ns", "per: quarter\ns", "framework.per",
         "must be quarter, as in {two}:17:8: the contracts of a framework share one cap"),
        ("id: FW-7", "id: fw-7", "framework.id",
         "must be fw-7, as in {two}:15:7: one framework has one spelling"),
        ("currency: EUR", "currency: USD", "charges.currency",
         "must be USD, as in {two}:13:21: the contracts of a framework share one cap"),
        ("supplier: Acme Software", "supplier: Acne Software", "contract.supplier",
         "must be Acne Software, as in {two}:5:13: a framework has one supplier"),
    ],
)  # fmt: skip
def test_two_that_differ_name_both_places(
    tmp_path: Path, old: str, new: str, key: str, said: str
) -> None:
    one, two = file(tmp_path, "one"), file(tmp_path, "two", (old, new))
    found = problems(two, one)
    (line,) = [each for each in found if f" {key}: " in each and str(one) in each]
    assert line.endswith(f"{key}: {said.format(two=two)}")
    assert any(f" {key}: must be " in each and str(two) in each for each in problems(one))


def test_an_amendment_that_spells_it_otherwise_begins_no_new_cap(tmp_path: Path) -> None:
    one = file(tmp_path, "one")
    file(
        tmp_path, "one.amendment-1", ("ONE.AMENDMENT-1", "ONE-2"), ("id: FW-7", "id: fw-7"),
        ("  period:", "  amends: ONE\n  effective: 2026-07-01\n  period:"),
    )  # fmt: skip
    (line,) = problems(one)
    assert line.endswith(
        f"framework.id: must be FW-7, as in {one}:15:7: one framework has one spelling"
    )


def test_who_says_otherwise_only_later_is_no_contradiction(tmp_path: Path) -> None:
    amendment = (
        ("ONE.AMENDMENT-1", "ONE-2"), ("cap: 30000", "cap: 50000"),
        ("  period:", "  amends: ONE\n  effective: 2026-07-01\n  period:"),
    )  # fmt: skip
    one = file(tmp_path, "one")
    file(tmp_path, "two", ("ends: 2026-12-31", "ends: 2026-06-30"))
    file(tmp_path, "one.amendment-1", *amendment)
    assert peers(one) == [["TWO"]]
    file(tmp_path, "two")
    assert [each.partition("framework.")[2].split(":")[0] for each in problems(one)] == ["cap"]


def test_what_cannot_be_read_is_not_left_out(tmp_path: Path) -> None:
    one = file(tmp_path, "one")
    broken = file(tmp_path, "two", ("period: quarter", "period: fortnight"))
    assert problems(one)[0].startswith(f"{broken}:8:")
    broken.write_text("framework: {id: FW-7,\n  cap: [\n")
    assert problems(one)[0].startswith(f"{broken}:")
    broken.write_bytes(b"\xff\xfe framework: {id: FW-7}")
    assert "is not UTF-8 here" in problems(one)[0]


def test_a_copy_would_count_twice(tmp_path: Path) -> None:
    one = file(tmp_path, "one")
    copy = tmp_path / "one (copy).contract.yaml"
    copy.write_bytes(one.read_bytes())
    assert "contract ONE is also" in problems(one)[0]
    assert "move the copy out of the folder" in problems(one)[0]


def test_they_lie_in_one_folder(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, two = file(tmp_path, "one"), file(tmp_path / "other", "two")
    assert peers(one) == [[]]
    assert "the contracts of a framework lie in one folder" in problems(one, two)[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  starts: 2026-01-01\ns", "s", "framework: needs starts: the day on which"),
        ("cap: 30000", "cap: 30000\n  per: month", "framework.starts: belongs to per: year"),
        ("starts: 2026-01-01\ns", "starts: 2026-02-01\ns", "lies after the contract's start"),
        ("cap: 30000", "cap: 30000.005", "framework.cap: 30000.005 is too fine"),
        (SECTIONS[: SECTIONS.index("framework")], "", "framework: needs the section charges"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_an_error(tmp_path, capsys, old, new, said):
    assert run(["check", str(file(tmp_path, "one", (old, new)))]) == 2
    assert said in capsys.readouterr().err


def test_check_says_that_a_framework_has_no_other_contract(tmp_path, capsys):
    one = file(tmp_path, "one")
    assert run(["check", str(one)]) == 0
    assert "no other contract in this folder names FW-7" in capsys.readouterr().err
    file(tmp_path, "two")
    assert run(["check", str(one)]) == 0
    said = capsys.readouterr().err
    assert "FW-7" not in said
    assert f"{one}: shares the cap of its framework with TWO" in said
