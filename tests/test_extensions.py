"""Extensions as a newcomer makes them: a copy of the packages gets what CONTRIBUTING names, nothing
else, and the commands run there.

The new analyzer reads Python alone, and the repository holds JavaScript too.
"""

import json

import pytest

from tests.houses import CODE, ROOT, House
from tests.repositories import Repository

pytestmark = pytest.mark.slow

TODOS = "def total(rows):  # TODO: floats\n    # TODO: empty rows\n    return sum(rows)\n"
WORSE = (
    "def mean(rows):\n    # TODO: empty\n    # TODO: median\n    # TODO: mode\n    return rows\n"
)
SCRIPT = "function total(rows) { // TODO: floats\n  return rows.length;\n}\n"
CONTRACT = (
    CODE.replace("2026.2", "2099.1")
    + """\
service_levels:
  - {id: T-1, class: critical, indicator: todos.density, expected: 100, minimum: 500}
  - {id: T-2, class: critical, indicator: measured.share, expected: 100, minimum: 100}
gate:
  - {id: G-1, rule: no_worse, indicator: todos.density}
"""
)


def add_an_analyzer(house: House) -> None:
    house.add("collectors/analyzers/todos.py", '''\
"""Lines that say TODO."""

from collectors.languages.source import one_by_one
from quality.model.facts import Todo


def measure(blobs, recipe):
    return one_by_one("todos", rows, blobs, recipe)


def rows(text, language):
    lines = enumerate(text.split("\\n"), 1)
    return [Todo(number, line.strip()) for number, line in lines if "TODO" in line]
''')  # fmt: skip
    registry = "collectors/analyzers/__init__.py"
    house.edit(registry, "    suppressions,\n", "    suppressions,\n    todos,\n")
    house.edit(registry, '    "suppressions": suppressions,\n',
               '    "suppressions": suppressions,\n    "todos": todos,\n')  # fmt: skip
    rows = "quality/model/facts.py"
    house.edit(rows, "\nRow = ", '''
@dataclass(frozen=True, slots=True)
class Todo:
    """A line that says TODO."""

    table: ClassVar[str] = "todos"
    line: int
    text: str


Row = Todo | ''')  # fmt: skip
    table = "create table todos (measurement integer, line integer, text varchar);\n"
    house.add("quality/store/sql/migrations/0900_todos.sql", table)
    recipe = (ROOT / "quality/catalogue/data/2026.2.toml").read_text("utf-8")
    part = 'todos = { revision = 1, tools = ["python"], languages = ["python"] }\n'
    house.add("quality/catalogue/data/2099.1.toml",
              recipe.replace("[analyzers]\n", f"[analyzers]\n{part}"))  # fmt: skip
    for rules in (ROOT / "quality/catalogue/data/2026.2").glob("*.csv"):
        house.add(f"quality/catalogue/data/2099.1/{rules.name}", rules.read_text("utf-8"))
    # The sample's Python says nothing to do.
    house.edit("collectors/process/samples/facts.json", ' "clones": {',
               ' "todos": {"python": []},\n "clones": {')  # fmt: skip


def add_an_indicator(house: House) -> None:
    house.edit("quality/catalogue/indicators.py", "_CATALOGUE = (\n", '''\
_CATALOGUE = (
    Indicator("todos.density", "Things to do", "per KNLOC", "low", 1000, "TODO in lines of Python",
              "todos", ("lizard", "todos"),
              exploit=Exploit("a promise to forget", "delete the comments", "read them")),
''')  # fmt: skip
    house.add("quality/store/sql/indicators/todos_density.sql", """\
create or replace temp macro todos_density() as table
select n.snapshot, sum(found.todos) as numerator, sum(n.nloc) as denominator
from file_nloc as n
join (
    select s.snapshot, s.path, count(t.line) as todos
    from scope_facts as s
    left join todos as t on t.measurement = s.measurement
    where s.analyzer = 'todos'
    group by s.snapshot, s.path
) as found on found.snapshot = n.snapshot and found.path = n.path
group by n.snapshot;
""")  # fmt: skip
    house.add("quality/store/sql/explain/todos.sql", """\
select s.snapshot, s.path, t.line, t.text
from scope_facts as s
join todos as t on t.measurement = s.measurement
order by all
""")  # fmt: skip


def add_a_format(house: House) -> None:
    house.add("reports/scorecard/lines.py", '''\
"""One line a service level."""

SUFFIX = "txt"
ABOUT = "a line a service level"


def render(evaluations):
    levels = (level for each in evaluations for level in each.service_levels)
    return "".join(f"{level.id} {level.outcome}\\n" for level in levels)
''')  # fmt: skip
    registry = "reports/scorecard/formats.py"
    house.edit(registry, "import csv, json, markdown", "import csv, json, lines, markdown")
    house.edit(registry, '{"json": json,', '{"lines": lines, "json": json,')


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The extended house, its contract, and a repository measured in it."""
    house = House(tmp_path_factory.mktemp("house"))
    add_an_analyzer(house)
    add_an_indicator(house)
    add_a_format(house)
    source = Repository(house.folder / "billing.git")
    base = source.commit({"a.py": TODOS, "b.js": SCRIPT}, at="2024-02-01T10:00:00+00:00")
    source.commit({"c.py": WORSE}, branch="worse", parents=(base,))
    source.commit({"c.js": SCRIPT}, branch="script", parents=(base,))
    contract = house.folder / "acme.contract.yaml"
    contract.write_text(CONTRACT.replace("URL", source.url), encoding="utf-8")
    measured = house.run("measure", contract.name, "--periods", "2024-Q1..2024-Q1")
    assert measured.returncode == 0, measured.stderr
    return house


def test_a_mixed_repository_is_fully_measured_and_the_new_indicator_counted(house: House) -> None:
    done = house.run("evaluate", "acme.contract.yaml", "--period", "2024-Q1", "--format", "json")
    assert done.returncode == 1, done.stderr
    todos, measured = json.loads(done.stdout)["service_levels"]
    assert (measured["outcome"], measured["value"]) == ("met", 100)
    assert (todos["numerator"], todos["denominator"], todos["outcome"]) == (2, 2, "failed")


def test_the_rows_behind_the_new_indicator_are_explained(house: House) -> None:
    done = house.run("explain", "acme.contract.yaml", "--service-level", "T-1",
                     "--period", "2024-Q1", "--format", "json")  # fmt: skip
    assert json.loads(done.stdout)["rows"] == [
        {"repository": "billing", "path": "a.py", "line": 1, "text": TODOS.splitlines()[0]},
        {"repository": "billing", "path": "a.py", "line": 2, "text": "# TODO: empty rows"},
    ]


@pytest.mark.parametrize(("head", "code", "numbers"), [("worse", 1, (3, 0)), ("script", 0, (0, 0))])
def test_the_gate_takes_the_new_indicator(
    house: House, head: str, code: int, numbers: tuple[int, int]
) -> None:
    done = house.run("gate", "acme.contract.yaml", "--repository", "billing", "--path",
                     "billing.git", "--base", "main", "--head", head,
                     "--output", "json=gate.json")  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    rule = json.loads((house.folder / "gate.json").read_text())["rules"][0]
    assert (rule["parameters"], (rule["value"], rule["limit"])) == ({}, numbers)


def test_the_new_format_is_offered_and_written(house: House) -> None:
    assert "lines: a line a service level" in " ".join(house.run("report", "--help").stdout.split())
    arguments = ("report", "acme.contract.yaml", "--period", "2024-Q1", "--format", "lines")
    assert house.run(*arguments).stdout == "T-1 failed\nT-2 met\n"
    house.run(*arguments, "--output", "out")
    assert (house.folder / "out/scorecard.txt").read_text() == "T-1 failed\nT-2 met\n"


def test_the_new_exploit_is_told(house: House) -> None:
    done = house.run("check", "acme.contract.yaml", "--incentives")
    told = "T-1: a promise to forget. Cheapest move: delete the comments. Remedy: read them"
    assert told in done.stdout


def test_contributing_names_every_file_that_was_touched(house: House) -> None:
    assert (
        house.unnamed(
            "Add an analyzer", "Add an indicator of content", "Add a format of the scorecard"
        )
        == []
    )
