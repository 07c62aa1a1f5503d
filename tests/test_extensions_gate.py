"""A gate rule and a format of the gate's result, added by what CONTRIBUTING names, nothing else."""

import json

import pytest

from tests.houses import CODE, House
from tests.repositories import Repository

pytestmark = pytest.mark.slow

CONTRACT = (
    CODE
    + """\
service_levels:
  - {id: T-1, class: key, indicator: size.nloc}
gate:
  - {id: G-1, rule: files.new, at_most: 1}
"""
)
FORMATS = ("text", "markdown", "sarif", "junit", "gitlab", "github", "json", "lines")


def add_a_gate_rule(house: House) -> None:
    house.edit("quality/catalogue/gate_rules.py", "_CATALOGUE = (\n", '''\
_CATALOGUE = (
    GateRuleKind("files.new", measures="new production files", why="Small changes are read",
                 remedy="Bring them one at a time.", exploit="Append them to others",
                 analyzers=("lizard",), unit="files"),
''')  # fmt: skip
    house.add("quality/gate/new_files.py", '''\
"""The gate rule that counts new files."""

from decimal import Decimal

from quality.gate.results import RuleResult
from quality.model.gate import GateHit


def new_files(rule, comparison):
    paths = [each.head.path for each in comparison.change.production if each.base is None]
    hits = [GateHit(path, 1, 1, rule.rule, "new file", "a new file", path) for path in paths]
    return RuleResult(Decimal(len(hits)), len(hits) > rule.at_most, tuple(hits))
''')  # fmt: skip
    registry = "quality/gate/rules.py"
    above = "from quality.gate.no_worse import"
    house.edit(registry, above, f"from quality.gate.new_files import new_files\n{above}")
    house.edit(registry, '    "findings.new": findings,\n',
               '    "findings.new": findings,\n    "files.new": new_files,\n')  # fmt: skip
    table = "| `findings.new` |"
    house.edit("quality/gate/README.md", table, f"| `files.new` | new production files |\n{table}")


def add_a_format(house: House) -> None:
    house.add("reports/gate/lines.py", '''\
"""One line a rule."""


def render(result):
    return "".join(f"{verdict.id} {verdict.outcome}\\n" for verdict in result.verdicts)
''')  # fmt: skip
    registry = "reports/gate/formats.py"
    house.edit(registry, "import github, gitlab, junit, sarif",
               "import github, gitlab, junit, lines, sarif")  # fmt: skip
    house.edit(
        registry, '    "text": gate_text,\n', '    "lines": lines,\n    "text": gate_text,\n'
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The extended house, its contract, and a repository with two new files."""
    house = House(tmp_path_factory.mktemp("house"))
    add_a_gate_rule(house)
    add_a_format(house)
    source = Repository(house.folder / "billing.git")
    source.commit({"a.py": "A = 1\n"})
    source.commit({"b.py": "B = 1\n", "c.py": "C = 1\n", "a.py": "A = 2\n"}, branch="change",
                  parents=(source.tip(),))  # fmt: skip
    contract = house.folder / "acme.contract.yaml"
    contract.write_text(CONTRACT.replace("URL", source.url), encoding="utf-8")
    return house


def test_the_contract_takes_the_new_rule_and_demands_its_limit(house: House) -> None:
    assert house.run("check", "acme.contract.yaml").returncode == 0
    wrong = house.folder / "wrong.contract.yaml"
    wrong.write_text(CONTRACT.replace(", at_most: 1", ""), encoding="utf-8")
    done = house.run("check", wrong.name)
    assert (done.returncode, "files.new needs its limit" in done.stderr) == (2, True)
    assert '"files.new"' in house.run("check", "--schema").stdout


def test_the_gate_judges_by_the_new_rule_in_every_format(house: House) -> None:
    outputs = [word for name in FORMATS for word in ("--output", f"{name}=out/{name}")]
    done = house.run("gate", "acme.contract.yaml", "--repository", "billing", "--path",
                     "billing.git", "--base", "main", "--head", "change",
                     "--explain", "files.new", *outputs)  # fmt: skip
    assert done.returncode == 1, done.stderr
    said = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert said[:3] == [
        "G-1: files.new",
        "measures new production files",
        "why Small changes are read (the contract gives no reason)",
    ]
    assert said[3].startswith("this change ✗ FAILED: 2 files, at most 1")
    assert said[4:] == ["to pass Bring them one at a time.", "gamed by Append them to others", "",
                        "b.py:1: a new file", "c.py:1: a new file", ""]  # fmt: skip
    written = {name: (house.folder / "out" / name).read_text("utf-8") for name in FORMATS}
    assert written.pop("lines") == "G-1 failed\nunmeasured.new passed\n"
    (rule, _) = json.loads(written["json"])["rules"]
    assert (rule["value"], rule["limit"], rule["unit"], rule["good"]) == (2, 1, "files", "low")
    assert [name for name, text in written.items() if "b.py" not in text] == []
    assert "New production files." in written["sarif"]


def test_the_new_format_is_offered(house: House) -> None:
    assert "Also write lines, text," in " ".join(house.run("gate", "--help").stdout.split())


def test_contributing_names_every_file_that_was_touched(house: House) -> None:
    assert house.unnamed("Add a gate rule", "Add a format of the gate's result") == []
