"""The documents against the code, so that they cannot go stale."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from ruamel.yaml import YAML

from collectors.records.formats import FORMATS as READ
from collectors.records.systems import APIS, SYSTEMS
from quality.catalogue.gate_rules import GATE_RULES
from quality.catalogue.indicators import INDICATORS
from quality.catalogue.recipes import RECIPES, recipe_ids
from quality.cli.app import app
from quality.contract.file import parse_contract
from quality.contract.workspace import workspace
from quality.errors import MeasureError, UsageError, WorkmanshipError
from quality.files import WORKSPACE
from quality.model.verdict import Outcome
from reports.gate import json as gate_json
from reports.gate.formats import FORMATS
from reports.scorecard import json as evaluation_json
from tests.quality.contracts import PATH, SMALL, parse
from tests.quality.credit_cases import amounts, bills, contract
from tests.quality.gaming.moves import COMPLEX, LARGEST, MOVES
from tests.quality.gaming.test_declared import DECLARED
from tests.quality.gaming.test_hand_overs import HAND_OVERS
from tests.quality.gaming.test_history import HISTORY
from tests.quality.gaming.test_operation import OPERATION
from tests.quality.gaming.test_tickets import TICKETS
from tests.quality.gaming.uncaught import UNCAUGHT
from tests.reports import money_samples, samples
from tests.reports.gate_samples import RESULT

ROOT = Path(__file__).parents[1]
ROOMS = (
    "quality",
    "quality/verdicts",
    *("quality/contract", "quality/money", "quality/closing", "quality/gate", "quality/measure"),
    "quality/evidence",
    "quality/catalogue",
    "quality/support",
    "quality/benchmark",
    "collectors/records",
    "reports",
)
README, CONTRIBUTING, MAKEFILE = (
    (ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md", "Makefile")
)
GUIDES = {room: (ROOT / room / "README.md").read_text("utf-8") for room in ROOMS}
PAGES = {"": README, **GUIDES}
COMMANDS = typer.main.get_command(app()).commands  # type: ignore[attr-defined]


def blocks(text: str, language: str = "") -> list[str]:
    """The fenced blocks of a language."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)
    return [block for fence, block in found if fence == language]


def tables(text: str, *head: str) -> Iterator[list[list[str]]]:
    """The cells of each table whose head begins so."""
    for table in re.findall(r"(?:^\|.*\|\n)+", text, re.M):
        first, _, *rows = ([cell.strip() for cell in line[1:-1].split(" | ")]
                           for line in table.strip().splitlines())  # fmt: skip
        if tuple(first[: len(head)]) == head:
            yield rows


def ticked(text: str) -> list[str]:
    """What stands in backticks, fenced blocks apart."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S))


# ---------------------------------------------------------------- the front page


def test_the_readme_is_short_and_lists_every_guide() -> None:
    assert len(README.splitlines()) <= 200
    (rows,) = tables(README, "guide")
    links = [re.search(r"\]\((.+)/README\.md\)", row[0]) for row in rows]
    assert sorted(link.group(1) for link in links if link) == sorted(GUIDES)
    assert sorted(GUIDES) == sorted(
        str(each.parent.relative_to(ROOT)) for room in ("quality", "collectors", "reports")
        for each in (ROOT / room).rglob("README.md")
    )  # fmt: skip


def test_the_readme_lists_every_command_and_no_other() -> None:
    (rows,) = tables(README, "command")
    assert sorted(row[0] for row in rows) == [f"`workmanship {name}`" for name in sorted(COMMANDS)]


def test_the_readme_lists_the_catalogue_of_indicators() -> None:
    rows = re.findall(r"^\| `([a-z_]+\.[a-z_.0-9]+)` \| ([A-Za-z ]+) \| (.+) \|$", README, re.M)
    content = [each for each in INDICATORS.values() if each.basis == "content"]
    assert rows == [(each.id, each.unit, each.measures) for each in content]


def test_the_guides_to_records_list_their_indicators() -> None:
    counted = (each for each in INDICATORS.values() if each.basis == "records")
    known = [[f"`{each.id}`", each.unit, each.measures] for each in counted]
    guides = (rows for room in GUIDES.values() for rows in tables(room, "indicator", "unit"))
    assert sorted(row for rows in guides for row in rows) == sorted(known)


def test_the_contract_of_the_guide_to_support_is_valid() -> None:
    text, parties = blocks(GUIDES["quality/support"], "yaml")
    found = parse_contract(text.encode(), PATH)
    assert [each.id for each in found.service_levels] == ["H-1", "H-2", "H-3"]
    found = parse_contract((text[: text.index("support:")] + parties).encode(), PATH)
    assert [each.id for each in found.service_levels] == ["W-1", "D-1", "N-1"]


def test_the_terms_in_the_guide_to_records_are_valid() -> None:
    text, parties = blocks(GUIDES["quality/verdicts"], "yaml")
    head = SMALL[: SMALL.index("service_levels:")]
    found = parse_contract((head + text).encode(), PATH)
    assert [each.id for each in found.service_levels] == ["A-1", "A-2", "D-1", "D-2"]
    sources = text[: text.index("calendars:")]
    found = parse_contract((head + sources + parties).encode(), PATH)
    assert [each.party for each in found.service_levels] == ["shops", "network"]


def test_the_readme_says_who_looks_for_errors_in_which_language() -> None:
    (rows,) = tables(README, "language", "who looks")
    said = {
        language: {who.casefold() for who in cells.split(", ")}
        for languages, cells in rows
        for language in ticked(languages)
    }
    names = {"treerules": "rules on syntax trees"}
    stated = tomllib.loads((RECIPES / f"{recipe_ids()[-1]}.toml").read_text("utf-8"))
    read: dict[str, set[str]] = {}
    for name, part in stated["analyzers"].items():
        for language in part["languages"] if part.get("finds") else ():
            read.setdefault(language, set()).add(names.get(name, name))
    del read["notebook"]  # Python's, cell by cell
    assert stated["optional"] == ["pmd"]
    said["java"].remove("where it is installed")
    assert said == read


def test_exit_codes_are_listed_in_one_place() -> None:
    (rows,) = tables(README, "code", "meaning")
    kinds = {1: "failed", UsageError.exit_code: "wrong command line or contract",
             MeasureError.exit_code: "could not measure",
             WorkmanshipError.exit_code: "internal error"}  # fmt: skip
    assert [row[0] for row in rows] == ["0", "1", "2", "3", "4"]
    assert all(word in rows[code][1] for code, word in kinds.items())
    assert not [room for room, text in GUIDES.items() for _ in tables(text, "code")]


def test_the_guide_to_reports_lists_every_format() -> None:
    (rows,) = tables(GUIDES["collectors/records"], "format", "section")
    read = [[f"`{name}`", f"`{each.SECTION}`"] for name, each in READ.items()]
    assert [row[:2] for row in rows] == read


def test_the_guide_to_reports_lists_every_system_of_records() -> None:
    (rows,) = tables(GUIDES["collectors/records"], "system", "holds")
    read = [[f"`{name}`", ", ".join(sorted(each.KINDS)), "yes" if name in APIS else "no"]
            for name, each in SYSTEMS.items()]  # fmt: skip
    assert [row[:3] for row in rows] == read


def test_the_guide_to_gaming_lists_every_move_and_how_it_ends() -> None:
    (rows,) = tables(GUIDES["quality"], "move", "ends")
    hidden = {each.name for each in MOVES if each.levels == (COMPLEX, LARGEST)}
    ends = {each.name: each.words for each in MOVES if each.name not in hidden}
    ends |= HISTORY | DECLARED | OPERATION | TICKETS | HAND_OVERS
    first, *others = rows
    assert first[:2] == ["code in a construct that is easily overlooked", "failed"]
    assert [row[0] for row in others] == list(ends)
    for name, end, why in others:
        assert end == ("flagged" if ends[name] else "failed")
        assert why == ends[name] or end == "failed"
    (uncaught,) = tables(GUIDES["quality"], "not caught")
    assert dict(uncaught).items() >= {each.name: each.words for each in UNCAUGHT}.items()


# ---------------------------------------------------------------- command lines


def command_lines() -> Iterator[tuple[str, list[str]]]:
    for room, text in PAGES.items():
        for block in blocks(text):
            for line in block.replace("\\\n", " ").splitlines():
                program, _, words = line.partition(" ")
                if program.endswith("workmanship"):
                    yield room, shlex.split(words, comments=True)


def test_every_command_line_is_one_that_the_program_takes() -> None:
    lines = list(command_lines())
    assert len(lines) > 10
    for room, (name, *words) in lines:
        command = COMMANDS[name]
        context = command.make_context(name, list(words), resilient_parsing=False)
        assert context.params, (room, name)


@pytest.mark.parametrize("text", PAGES.values(), ids=list(PAGES))
def test_every_option_in_the_text_exists(text: str) -> None:
    known = {option for each in COMMANDS.values() for p in each.params for option in p.opts}
    others = {"--hook-type", "--help"}  # of pre-commit, and of every command
    named = {word for code in ticked(text) for word in re.findall(r"--[a-z][a-z-]+", code)}
    assert named <= known | others


@pytest.mark.parametrize("text", [*PAGES.values(), CONTRIBUTING])
def test_every_make_target_exists(text: str) -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.M))
    assert named <= set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.M))


def test_every_file_and_heading_that_the_documents_name_exists() -> None:
    for room, text in {**PAGES, "CONTRIBUTING": CONTRIBUTING}.items():
        folder = ROOT / room if room in GUIDES else ROOT
        for path in re.findall(r"`((?:quality|collectors|reports|tests)/[\w./]*)`", text):
            assert (ROOT / path).exists(), path
        for path, anchor in re.findall(r"\]\(([\w./-]+)(?:#([\w-]+))?\)", text):
            assert (folder / path).exists(), path
            if anchor:
                headings = re.findall(r"^#+ (.+)$", (folder / path).read_text("utf-8"), re.M)
                assert anchor in {each.lower().replace(" ", "-") for each in headings}, anchor


def test_the_help_of_every_command_has_an_example() -> None:
    for name, command in COMMANDS.items():
        assert f"Example: workmanship {name}" in (command.epilog or ""), name


# ---------------------------------------------------------------- contracts


def test_the_contract_of_the_guide_is_valid() -> None:
    text, _ = blocks(GUIDES["quality/contract"], "yaml")
    found = parse_contract(text.encode(), PATH)
    assert [each.id for each in found.service_levels] == ["TQ-1"]
    assert [each.id for each in found.gate] == ["G-1"]


def test_the_workspace_of_the_guide_is_valid(tmp_path: Path) -> None:
    _, text = blocks(GUIDES["quality/contract"], "yaml")
    (tmp_path / WORKSPACE).write_text(text)
    (tmp_path / "contracts").mkdir()
    (tmp_path / "contracts/acme.contract.yaml").write_text(SMALL)
    found = workspace(tmp_path)
    assert found
    assert len(found.contracts) == 1
    assert dict(found.options)["jobs"] == 4


def test_the_outcomes_of_the_guide_are_those_of_a_verdict() -> None:
    (rows,) = tables(GUIDES["quality/contract"], "outcome")
    assert {row[0].strip("`") for row in rows} == set(get_args(Outcome))


def test_the_worked_example_is_what_the_program_computes() -> None:
    text, *_ = blocks(GUIDES["quality/money"], "yaml")
    terms = contract(text, period="quarter", ends="2027-12-31")
    fails = {"A": "failed", "B": "failed"}
    _, bill, _, after = bills(terms, {"B": "failed"}, fails, {}, {})
    assert amounts(bill) == {"A": Decimal(14400), "B": Decimal(14400)}
    assert (bill.at_risk_amount, bill.total, bill.lapsed) == (24000, 24000, 4800)
    assert {step.service_level: step.paid for step in bill.steps} == {"A": 12000, "B": 12000}
    returned = {each.service_level: each.amount for each in after.earnbacks}
    assert returned["A"] == 12000
    for number in ("200,000", "24,000", "14,400", "28,800", "4,800", "12,000"):
        assert number in GUIDES["quality/money"]


CLAUSE = re.compile(r"(credit|bonus|continuous_improvement|credits\.points): \{")
CLAUSES = list(filter(CLAUSE.match, ticked(GUIDES["quality/money"])))


@pytest.mark.parametrize("clause", CLAUSES, ids=str)
def test_every_clause_of_the_money_guide_is_valid(clause: str) -> None:
    """In a contract with one service level, whose minimum is the first threshold of the clause."""
    minimum = next(iter(re.findall(r"worse_than: ([\d.]+)", clause)), "80")
    level = f"id: A, class: critical, indicator: measured.share, expected: {minimum}, allocation: 9"
    text = "charges: {currency: EUR, amounts: [{from: 2026-01-01, amount: 200000}], at_risk: 12}\n"
    points = "credit: {kind: points, steps: [{worse_than: 80, severity: minor}]}"
    match clause.partition(":")[0]:
        case "credit":
            level = level.replace("allocation: 9", f"minimum: {minimum}, {clause}")
        case "bonus":
            level += f", minimum: {minimum}, {clause}"
        case "credits.points":
            level = level.replace("allocation: 9", f"minimum: {minimum}, {points}")
            text += clause.replace("credits.points", "credits: {points") + "}\n"
        case _:
            level += f", minimum: {minimum}"
            text += f"{clause}\n"
    text += f"service_levels:\n  - {{{level}}}\n"
    assert contract(text).service_levels[0].id == "A"


# ---------------------------------------------------------------- the gate


def test_the_gates_rules_are_those_of_the_catalogue() -> None:
    guide = GUIDES["quality/gate"]
    (rows,) = tables(guide, "rule")
    assert rows == [[f"`{each.id}`", each.measures] for each in GATE_RULES.values()]
    (section,) = (block for block in blocks(guide, "yaml") if block.startswith("gate:"))
    assert len(parse(SMALL.partition("gate:\n")[0] + section).gate) == 5


def test_the_plugs_of_the_guide_are_those_that_exist() -> None:
    guide = GUIDES["quality/gate"]
    yaml = [block for block in blocks(guide, "yaml") if "OWNER" in block or "hooks" in block]
    github, gitlab, hooks = (read(block) for block in yaml)
    action = read((ROOT / "action.yml").read_text("utf-8"))
    used = next(step for step in github["jobs"]["gate"]["steps"] if step.get("id") == "gate")
    assert set(used["with"]) <= set(action["inputs"])
    inputs, outputs = (line for line in guide.splitlines() if line.startswith("Inputs:")
                       for line in line.split("Outputs:"))  # fmt: skip
    assert set(action["inputs"]) <= set(ticked(inputs)) | {"report-only"}
    assert set(action["outputs"]) <= set(ticked(outputs))
    template = (ROOT / ".gitlab/workmanship-gate.yml").read_text("utf-8")
    assert gitlab["include"][0]["file"] == ".gitlab/workmanship-gate.yml"
    assert all(name in template for name in gitlab["variables"])
    ids = {hook["id"] for hook in read((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} <= ids


def read(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


# ---------------------------------------------------------------- formats


def test_every_format_is_listed() -> None:
    scorecards, gates = tables(GUIDES["reports"], "format")
    (option,) = (each for each in COMMANDS["report"].params if "--format" in each.opts)
    assert [row[0].strip("`") for row in scorecards] == re.findall(r"(\w+): ", option.help)
    assert sorted(row[0].strip("`") for row in gates) == sorted(FORMATS)


def test_the_keys_of_the_json_formats_are_listed() -> None:
    evaluation, level, gate, rule, hit = (
        {key for row in rows for key in ticked(row[0])} for rows in tables(GUIDES["reports"], "key")
    )
    said = json.loads(evaluation_json.render([samples.evaluation()]))
    assert set(said) == evaluation
    assert set(said["service_levels"][0]) == level
    optional = set(json.loads(evaluation_json.render(money_samples.everything()[:1]))) - evaluation
    assert optional <= set(ticked(GUIDES["reports"].partition("These keys appear")[2]))
    said = json.loads(gate_json.render(RESULT))
    assert set(said) == gate
    assert set(said["rules"][0]) == rule
    assert {key for each in said["rules"] for place in each["hits"] for key in place} == hit
