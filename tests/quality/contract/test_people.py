"""Names that look like another, and names that are one person's."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality.contract.ledger.file import read_ledger
from quality.contract.text.people import whose
from quality.contract.text.problem import ContractError
from tests.quality.contracts import parse, problems, small

ENTRY = (
    "  - {{id: {id}, kind: closing, period: 2026-Q1, waives: [dispute_window], reason: why,\n"
    "     raised_by: customer, approved_by: {{customer: {{name: Ann, date: 2026-04-02}},\n"
    "     supplier: {{name: {name}, date: 2026-04-02}}}}}}\n"
)


def ledger(folder: Path, *entries: str) -> list[str]:
    """What is wrong with a ledger of these entries."""
    path = folder / "acme.events.yaml"
    path.write_text(
        "format: workmanship.events/1\ncontract: ACME-2026-01\nentries:\n" + "".join(entries)
    )
    try:
        read_ledger(path, [parse(small())])
    except ContractError as error:
        return [str(each).removeprefix(f"{path}:") for each in error.problems]
    return []


@pytest.mark.parametrize("name", ["ANN", "A.n.n", "A nn", "Ａｎｎ", "Ánn"])
def test_spellings_of_one_name_are_one_person(name: str) -> None:
    assert whose(name) == whose("Ann")


def test_two_people_are_two() -> None:
    assert len({whose(each) for each in ("Ann", "Anna", "Ann Smith", "Hann", "Апп")}) == 5


def test_a_name_in_two_alphabets_signs_nothing(tmp_path: Path) -> None:
    """A Cyrillic first letter makes another name of Ann, and looks like hers."""
    assert ledger(tmp_path, ENTRY.format(id="C-1", name="Иван Ann")) == []
    (line,) = ledger(tmp_path, ENTRY.format(id="C-1", name="\u0410nn"))
    assert line.endswith(
        '"\u0410nn" mixes Cyrillic and Latin letters in one word: use one alphabet'
    )
    approvers = "approvers: {customer: [Ann], supplier: [\u0410nn]}\ngate:"
    (line,) = problems(small(("gate:", approvers)))
    assert "approvers.supplier[0]" in line
    assert "mixes Cyrillic and Latin" in line


def test_no_party_looks_like_another() -> None:
    """Whoever renames a contract to judge closed days again would be found by its parties."""
    (line,) = problems(small(("supplier: Acme Software", "supplier: Acme S\u043eftware")))
    assert "contract.supplier" in line
    assert "mixes Cyrillic and Latin letters in one word" in line


def test_two_ids_that_differ_by_case_are_one_entry(tmp_path: Path) -> None:
    entries = [ENTRY.format(id=name, name="Bob") for name in ("C-1", "c-1")]
    assert ledger(tmp_path, *entries) == [
        '7:10: entries[1].id: the same id "c-1" stands on line 4: give each its own'
    ]
