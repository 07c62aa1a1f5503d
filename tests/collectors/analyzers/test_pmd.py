"""Findings in Java as PMD's own on the same bytes, and no way for a file to hide them."""

import csv
import random
import subprocess
import tomllib
from dataclasses import replace
from hashlib import sha1
from pathlib import Path

import pytest

from collectors.analyzers import pmd
from collectors.analyzers.pmd_text import neutral
from collectors.process.bounded import Chunk, Supervisor
from quality.catalogue import tools
from quality.catalogue.recipes import load_recipe, verify_tools
from quality.errors import MeasureError
from quality.model.facts import Blob, Facts, Finding
from tests.java import needs_pmd

OURS = tomllib.loads(Path(pmd.__file__).with_name("pmd_rules.toml").read_text("utf-8"))
PLANTED = Path(__file__).parents[1] / "planted/java"
NULL = (
    "class A {\n    boolean b(String c) {\n        %s\n        return c.equals(null);\n    }\n}\n"
)


def blob(text: str) -> Blob:
    content = text.encode()
    return Blob(sha1(b"blob %d\0" % len(content) + content).hexdigest(), "java", content)


def measure(*texts: str) -> list[Facts]:
    return list(pmd.measure([blob(text) for text in texts], load_recipe("2026.2")))


def places(facts: Facts) -> list[tuple[int, int, str, bool]]:
    assert facts.reason is None, facts.reason
    rows = [row for row in facts.rows if isinstance(row, Finding)]
    return [(row.line, row.column, row.rule, row.hidden) for row in rows]


@pytest.mark.slow
@needs_pmd
def test_as_pmd_itself(tmp_path: Path) -> None:
    """All that is believed of the raw tool's own report, and nothing else."""
    recipe = load_recipe("2026.2")
    counted = {rule.id for rule in recipe.rules_of("pmd") if rule.list != "excluded"}
    categories = ("bestpractices", "errorprone", "multithreading", "security")
    command = [
        tools.java(), "-cp", f"{tools.pmd_jars()}/*", "net.sourceforge.pmd.cli.PmdCli", "check",
        "--no-cache", "--no-progress", "--no-fail-on-violation", "-f", "csv", "-d", str(PLANTED),
        "-R", ",".join(f"category/java/{each}.xml" for each in categories),
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    raw: dict[str, set[tuple[int, str]]] = {}
    for row in csv.DictReader(run.stdout.splitlines()):
        if row["Rule"] in counted:
            place = (int(row["Line"]), row["Rule"])
            raw.setdefault(Path(row["File"]).name, set()).add(place)
    paths = sorted(PLANTED.iterdir())
    told = 0
    for path, facts in zip(paths, measure(*(path.read_text() for path in paths)), strict=True):
        ours = {(line, rule) for line, _, rule, _ in places(facts) if rule not in OURS}
        theirs = raw.get(path.name, set())
        assert ours <= theirs, path
        assert all(rule in pmd.BELIEVED for _, rule in theirs - ours), path
        told += len(ours)
    assert told >= 35


@pytest.mark.slow
@needs_pmd
def test_each_rule_of_ours_finds_what_it_is_for() -> None:
    """Their places are held by the planted errors, their silence by the clean ones."""
    rules = {rule.id: rule for rule in load_recipe("2026.2").rules_of("pmd")}
    assert {name for name, rule in rules.items() if rule.symbol.startswith("workmanship.")} == {
        *OURS
    }
    counted = {name for name in OURS if rules[name].list != "excluded"}
    texts = [path.read_text() for path in sorted(PLANTED.iterdir())]
    found = {rule for facts in measure(*texts) for _, _, rule, _ in places(facts)}
    assert counted <= found


@pytest.mark.slow
@needs_pmd
def test_order_and_neighbours_do_not_matter() -> None:
    texts = [path.read_text() for path in sorted(PLANTED.iterdir())] + ["class Money {}\n", ""]
    alone = dict(zip(texts, measure(*texts), strict=True))
    random.Random(1).shuffle(texts)
    assert measure(*texts) == [alone[text] for text in texts]
    assert measure(texts[0]) == [alone[texts[0]]]


HIDING = (
    NULL.replace("null);", "null); // NOPMD") % "",
    '@SuppressWarnings("PMD")\n' + NULL % "",
    '@java.lang.SuppressWarnings({ "all", "PMD.EqualsNull" })\n' + NULL % "",
    '@Suppress\\u0057arnings("PMD")\n' + NULL % "",
    NULL.replace("null);", "null); // \\u004eOPMD") % "",
)
NOT_HIDING = (
    NULL % 'String d = "NOPMD @SuppressWarnings(\\"PMD\\")";',
    NULL % "// nopmd, NOSONAR",
    '@SuppressFBWarnings("PMD")\n' + NULL % "",
)


@pytest.mark.slow
@needs_pmd
def test_directives_hide_nothing_and_are_said_to_hide() -> None:
    found = measure(*HIDING, *NOT_HIDING)
    shown = [[place for place in places(facts) if place[2] == "EqualsNull"] for facts in found]
    assert [len(each) for each in shown] == [1] * len(found)
    assert [each[0][3] for each in shown] == [True] * len(HIDING) + [False] * len(NOT_HIDING)


@pytest.mark.slow
@needs_pmd
def test_a_file_that_pmd_cannot_parse_is_unmeasured_and_costs_one_row() -> None:
    chunk = Chunk("2026.2", ("pmd",), tuple(map(blob, (NULL % "", "class A {\n", "class B {}"))))
    found = {facts.blob: facts for facts in Supervisor().measure(chunk).facts}
    first, broken, last = (found[each.oid] for each in chunk.blobs)
    assert places(first) == [(4, 15, "EqualsNull", False)]
    assert (broken.reason, broken.cause, broken.rows) == ("PMD cannot parse it", "ours", ())
    assert places(last) == []


def test_what_pmd_obeys_is_blanked_in_its_place() -> None:
    text = (
        '@SuppressWarnings( // why (\n  { ")", "a" }) class A { String b = "@SuppressWarnings"; }'
    )
    code = neutral(text)
    assert len(code) == len(text)
    assert code.split("\n")[1].strip() == 'class A { String b = "@SuppressWarnings"; }'
    assert code.split("\n")[0].strip() == ""


def test_without_pmd_nobody_looks_at_java(monkeypatch: pytest.MonkeyPatch) -> None:
    from quality.catalogue import recipes

    here = load_recipe("2026.2")
    monkeypatch.setattr(recipes, "installed", lambda tool: "none" if tool == "pmd" else "1")
    recipes._loaded.cache_clear()
    try:
        recipe = load_recipe("2026.2")
    finally:
        recipes._loaded.cache_clear()
    assert dict(recipe.tools)["pmd"] == "none"
    assert not [part.name for part in recipe.finders if part.reads("java")]
    assert recipe.rules_of("pmd") == ()
    assert (recipe.digest == here.digest) is (dict(here.tools)["pmd"] == "none")


def test_another_version_of_pmd_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from quality.catalogue import recipes

    recipe = load_recipe("2026.2")
    stated = tuple((name, "7.28.0" if name == "pmd" else said) for name, said in recipe.tools)
    found = dict(stated) | {"pmd": "7.27.0"}
    monkeypatch.setattr(recipes, "installed", found.__getitem__)
    with pytest.raises(MeasureError, match=r"pmd 7\.28\.0, but 7\.27\.0 is installed"):
        verify_tools(replace(recipe, tools=stated))


def test_pmd_is_found_where_the_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/pmd-java-7.28.0.jar").touch()
    monkeypatch.setenv("WORKMANSHIP_PMD", str(tmp_path))
    tools.pmd_jars.cache_clear()
    try:
        assert tools.pmd_version() == "7.28.0"
        (tmp_path / "lib/pmd-java-7.27.0.jar").touch()
        assert tools.pmd_version() == "none"
    finally:
        tools.pmd_jars.cache_clear()
