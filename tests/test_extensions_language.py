"""A language that lizard does not know, added by what CONTRIBUTING names: it is measured by its
syntax tree alone, and nothing else has to learn of it."""

import json
import subprocess
import tomllib

import pytest

from tests.houses import CODE, ROOT, House
from tests.repositories import Repository

pytestmark = pytest.mark.slow

CONTRACT = (
    CODE
    + """\
service_levels:
  - {id: T-1, class: critical, indicator: complexity.nloc_share, above: 4, expected: 5, minimum: 8}
  - {id: T-2, class: critical, indicator: measured.share, expected: 100, minimum: 100}
  - {id: T-3, class: critical, indicator: suppressions.density, expected: 0, minimum: 100}
  - {id: T-4, class: critical, indicator: unseen.share, expected: 0, minimum: 1}
gate:
  - {id: G-1, rule: function.ccn, at_most: 4}
"""
)
# 9 lines of code. CCN of build: 1 + for + if + && + elif + ||; of the top level: 1 + ||.
SCRIPT = """\
#!/bin/bash
# shellcheck disable=SC2086
build() {
  for x in $1; do
    if [ -f "$x" ] && grep -q '# if' "$x"; then echo a # why
    elif [ -d "$x" ] || true; then echo b
    fi
  done
}

build . || exit 1
echo "done"
"""
STRUCTURES = """
[bash]
functions = ["function_definition"]
ifs = ["if_statement"]
elifs = ["elif_clause"]
elses = ["else_clause"]
loops = ["for_statement", "c_style_for_statement", "while_statement"]
switches = ["case_statement"]
decisions = ["case_item"]
operators = { list = { "&&" = "logical", "||" = "logical" } }
comments = ["comment"]
strings = ["string", "raw_string", "heredoc_body"]
calls = ["command"]
"""


def add_a_language(house: House) -> None:
    languages = "collectors/languages"
    house.edit(f"{languages}/suffixes.py", "MORE = {\n", 'MORE = {\n    "bash": ("sh", "bash"),\n')
    house.edit(f"{languages}/suffixes.py", "INTERPRETERS = {\n",
               'INTERPRETERS = {\n    "bash": ("bash", "sh"),\n')  # fmt: skip
    house.edit(f"{languages}/trees.py", '    "cpp": (', '    "bash": ("bash",),\n    "cpp": (')
    house.edit(f"{languages}/structures.toml", "\n[python]\n", f"{STRUCTURES}\n[python]\n")
    house.edit(
        f"{languages}/comments.py", "PARSED = {\n", 'PARSED = {\n    "bash": ("comment",),\n'
    )
    house.add("collectors/process/samples/bash.txt", SCRIPT)
    house.touched.add("collectors/process/samples/facts.json")
    python(house, f"import sys; sys.path.append({str(ROOT)!r}); "
                  "from tests.bench.samples import main; main()")  # fmt: skip
    recipe = "quality/catalogue/data/2026.2.toml"
    stated = tomllib.loads((ROOT / recipe).read_text("utf-8"))["listing"]
    listing = python(house, "from collectors.languages.looks import LISTING; print(LISTING)")
    house.edit(recipe, stated, listing)


def python(house: House, code: str) -> str:
    """What a program says in the extended house."""
    run = [str(house.folder / "venv/bin/python"), "-c", code]
    done = subprocess.run(run, cwd=house.folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("house"))
    add_a_language(house)
    source = Repository(house.folder / "billing.git")
    base = source.commit({"ship": SCRIPT}, at="2024-02-01T10:00:00+00:00")
    source.commit({"test.sh": SCRIPT.replace("build", "check")}, branch="worse", parents=(base,))
    contract = house.folder / "acme.contract.yaml"
    contract.write_text(CONTRACT.replace("URL", source.url), encoding="utf-8")
    measured = house.run("measure", contract.name, "--periods", "2024-Q1..2024-Q1")
    assert measured.returncode == 0, measured.stderr
    return house


def test_the_new_language_is_measured(house: House) -> None:
    done = house.run("evaluate", "acme.contract.yaml", "--period", "2024-Q1", "--format", "json")
    assert done.returncode == 1, done.stderr
    complexity, measured, suppressed, unseen = json.loads(done.stdout)["service_levels"]
    assert (complexity["numerator"], complexity["denominator"]) == (7, 8)  # build, <top level>
    assert (suppressed["numerator"], suppressed["denominator"]) == (1, 9)
    assert (measured["value"], unseen["value"]) == (100, 0)


def test_the_functions_behind_a_value_are_explained(house: House) -> None:
    done = house.run("explain", "acme.contract.yaml", "--service-level", "T-1",
                     "--period", "2024-Q1", "--format", "json")  # fmt: skip
    (row,) = json.loads(done.stdout)["rows"]
    seen = {key: row[key] for key in ("path", "line", "function", "ccn", "nloc", "reader")}
    assert seen == {"path": "ship", "line": 3, "function": "build", "ccn": 6, "nloc": 7,
                    "reader": "tree"}  # fmt: skip


def test_the_gate_judges_the_new_language(house: House) -> None:
    done = house.run("gate", "acme.contract.yaml", "--repository", "billing", "--path",
                     "billing.git", "--base", "main", "--head", "worse")  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "test.sh:3" in done.stdout


def test_contributing_names_every_file_that_was_touched(house: House) -> None:
    assert house.unnamed("Add a language") == []
