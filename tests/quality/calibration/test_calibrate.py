"""Public systems made by the maker from small repositories, and a customer's beside them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from quality.benchmark.data import DISTRIBUTIONS, SYSTEMS, benchmark, queries
from quality.calibration.systems import Bench, measure_systems
from quality.cli.app import run
from quality.measure.planning import Mirrors
from quality.store.database import Store
from tests.bench import benchmark as maker
from tests.bench.systems import Place, System, listed
from tests.conftest import NOW, Desk, Quiet
from tests.public import rows, shipped
from tests.remembered import remembered
from tests.repositories import Repository

COMPLEX = ("complexity.nloc_share", 20)
SIMPLE = "def f{0}(a):\n    return a + {0}\n"
BRANCHY = "def g(a):\n" + "".join(f"    if a == {n}:\n        return {n}\n" for n in range(24))
LEVELS = {
    COMPLEX: [n / 10 for n in range(40)],
    ("errors.density", None): [0.5] * 40,
    ("tests.ratio", None): range(40),
}


@pytest.fixture(autouse=True)
def afterwards() -> None:
    benchmark.cache_clear()


def source(lines: int) -> str:
    """So many NLOC of functions of two lines, none like another."""
    return "\n".join(SIMPLE.format(n) for n in range(lines // 2))


def public(folder: Path, name: str, files: dict[str, str]) -> System:
    """A repository OWNER+NAME among the mirrors, and its row in a list of systems."""
    repository = Repository(folder / f"acme+{name}/repo")
    commit = repository.commit(files)  # type: ignore[arg-type]
    return System("python", f"acme/{name}", commit, f"https://forge.example/acme/{name}")


@pytest.mark.slow
def test_the_maker_measures_what_its_list_names_and_leaves_out_what_is_too_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mirrors = tmp_path / "mirrors"
    good = public(mirrors, "good", {"a.py": source(200), "tests/test_a.py": source(50)})
    bad = public(mirrors, "bad", {"a.py": source(200), "b.py": BRANCHY})
    small = public(mirrors, "small", {"a.py": source(198)})
    mixed = public(mirrors, "mixed", {"a.py": source(200), "a.rb": "x = 1\n" * 100})
    gone = System("python", "gone", "1.0", str(tmp_path / "nowhere/gone"))
    monkeypatch.setattr(maker, "engine", lambda name, jobs: remembered)
    place = Place(tmp_path / "work", mirrors)
    found = list(maker.measured([good, bad, small, mixed, gone], place, jobs=1, smallest=200))
    maker.write(found, maker.load_recipe("2026.2"), tmp_path)

    said = capsys.readouterr().out
    assert [row.system.name for row in found] == ["acme/good", "acme/bad"]
    assert "198 NLOC are less than 200" in said
    assert "less than 70 % of it is Python" in said
    assert re.search(r"gone 1\.0: .*left out", said)
    with (tmp_path / SYSTEMS).open() as file:
        systems = {row["name"]: row for row in csv.DictReader(file)}
    assert systems["acme/good"]["nloc"] == "200"
    assert systems["acme/good"]["tests.ratio"] == "25"  # 50 of 200
    assert systems["acme/good"]["complexity.nloc_share:20"] == "0"
    # 49 lines of the branchy function, of 249 of all functions
    assert systems["acme/bad"]["complexity.nloc_share:20"] == "19.678715"
    with (tmp_path / DISTRIBUTIONS).open() as file:
        distribution = {(r["indicator"], r["parameter"], r["weighting"]): r
                        for r in csv.DictReader(file)}  # fmt: skip
    share = distribution["complexity.nloc_share", "20", "system"]
    assert (share["n"], share["p0"], share["p50"], share["p55"]) == ("2", "0", "0", "19.678715")


def test_packages_made_for_use_say_nothing_of_their_tests() -> None:
    assert not System("python", "x", "1", "pypi").shipped_tests
    assert not System("javascript", "x", "1", "npm").shipped_tests
    assert System("c", "x", "1", "debian").shipped_tests


def test_the_list_names_each_system_once_with_its_version() -> None:
    systems = listed()
    assert len({(each.language, each.name) for each in systems}) == len(systems)
    assert all(each.version and each.origin for each in systems)


@pytest.mark.slow
def test_the_proposed_section_is_valid_in_a_contract_and_names_where_yours_stand(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped(rows("python", LEVELS), desk.folder, monkeypatch)
    desk.repository("shop", {"a.py": source(100), "b.py": BRANCHY})
    monkeypatch.chdir(desk.folder)
    page = desk.folder / "levels.html"
    assert run(["calibrate", "shop.git", "--page", str(page), "--quiet", "--jobs", "1"]) == 0
    section = capsys.readouterr().out
    assert "# Levels proposed from 40 public Python systems, recipe 2026.2." in section
    assert "Beside them: shop, Python, 149 NLOC." in section
    # 49 of 149 lines are in the branchy function: worse than all forty
    assert "Yours: shop 32.89 reaches neither, better than 0 %." in section
    assert "    expected: 0.9     # 25 % of 40 reach it" in section
    assert "    minimum: 3.1      # 80 % of 40 reach it" in section

    contract = desk.contract(["shop"], levels=())
    text = contract.read_text().removesuffix("service_levels:\n") + section
    contract.write_text(text)
    assert run(["check", str(contract)]) == 0
    assert "valid, 3 service levels over 1 repository" in capsys.readouterr().err
    assert "32.9%" in page.read_text().replace("\u202f", "")


@pytest.mark.slow
def test_what_cannot_be_read_is_said_and_the_others_go_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped(rows("python", LEVELS), desk.folder, monkeypatch)
    desk.repository("shop", {"a.py": source(100)})
    monkeypatch.chdir(desk.folder)
    assert run(["calibrate", "shop.git", "nowhere", "--quiet", "--jobs", "1"]) == 3
    caught = capsys.readouterr()
    assert "nowhere: cannot read" in caught.err
    assert "Yours: shop 0.00 reaches expected, better than 97 %." in caught.out


def test_without_repositories_the_benchmark_alone_proposes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped(rows("python", LEVELS) + rows("go", LEVELS), tmp_path, monkeypatch)
    assert run(["calibrate", "--language", "go"]) == 0
    assert "from 40 public Go systems" in capsys.readouterr().out
    assert run(["calibrate"]) == 0
    assert "from 80 public systems" in capsys.readouterr().out
    assert run(["calibrate", "--language", "cobol"]) == 2
    assert run(["calibrate", "--language", "go", "--like", "900000"]) == 2
    assert "no Go systems between 225,000 and 3,600,000 NLOC" in capsys.readouterr().err


@pytest.mark.slow
def test_two_repositories_of_one_name_and_another_default_branch(tmp_path: Path) -> None:
    one = Repository(tmp_path / "one/shop.git", branch="trunk")
    two = Repository(tmp_path / "two/shop.git")
    one.commit({"a.py": source(10)})
    two.commit({"a.py": source(20)})
    mirrors = Mirrors(tmp_path / "mirrors", False, NOW)
    with Store(tmp_path / "db.duckdb") as store:
        bench = Bench(store, mirrors, remembered, Quiet())
        found = measure_systems(bench, [str(one.folder), str(two.folder)], "2026.2")
    assert [(each.name, each.nloc) for each in found.systems] == [("shop", 10), ("shop-2", 20)]
    assert found.systems[0].values[COMPLEX] == 0


def test_a_value_is_known_where_the_analyzers_behind_it_measured_enough(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "shop.git")
    repository.commit({"a.py": source(10), "b.py": "def broken(:\n" * 100})
    mirrors = Mirrors(tmp_path / "mirrors", False, NOW)
    with Store(tmp_path / "db.duckdb") as store:
        bench = Bench(store, mirrors, remembered, Quiet())
        (found,) = measure_systems(bench, [str(repository.folder)], "2026.2").systems
    known = {name for name, _ in found.values}
    assert {"measured.share", "unseen.share", "complexity.nloc_share"} <= known  # lizard reads on
    assert known.isdisjoint({"errors.density", "warnings.density", "python.cc.max"})


def test_every_query_has_a_column_of_its_own() -> None:
    assert len({maker.column(query) for query in queries()}) == len(queries())
