"""A notebook is the Python of its code cells: what IPython adds leaves it Python, line by line."""

import ast
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.analyzers import ANALYZERS
from collectors.languages.notebooks import NotebookError, cells
from collectors.languages.source import UnmeasurableError, decode
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, CodeLines, Facts, FileSize, Finding, Function

RECIPE = load_recipe("2026.2")


def code(*sources: Any, **more: Any) -> str:
    """A notebook of code cells with a cell of prose before each."""
    prose = {"cell_type": "markdown", "source": "if x: # prose is none"}
    found = [cell for each in sources for cell in (prose, {"cell_type": "code", "source": each})]
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": found, **more})


def test_cells_are_joined_and_prose_and_output_are_not() -> None:
    output = {"cell_type": "code", "source": "b = 2", "outputs": [{"text": "def no(): pass"}]}
    book = json.loads(code("a = 1\n", ["if a:\n", "    a = 3"]))
    book["cells"].append(output)
    assert cells(json.dumps(book)) == "a = 1\n\nif a:\n    a = 3\nb = 2"
    assert cells(code()) == ""
    old = {"worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1"]}]}], "metadata": {}}
    assert cells(json.dumps(old)) == "x = 1"


@pytest.mark.parametrize(
    ("source", "python"),
    [
        ("%matplotlib inline\nimport os", "# %matplotlib inline\nimport os"),
        ("%%time\nx = 1", "# %%time\nx = 1"),
        ("%%writefile a.py\nx = 1", "# %%writefile a.py\nx = 1"),
        ("!pip install 'x\ny = 1", "# !pip install 'x\ny = 1"),
        ("x = !ls\nx", "x = input()  # !ls\nx"),
        ("x = %env HOME", "x = input()  # %env HOME"),
        ("if a:\n    !ls\n    %time b()", "if a:\n    pass  # !ls\n    pass  # %time b()"),
        ("len?\nx = 1", "# len?\nx = 1"),
        ("?len\nlen??", "# ?len\n# len??"),
        ("!a \\\n  b \\\n  c\nx = 1", "# !a \\\n#   b \\\n#   c\nx = 1"),
        ('s = """\n%no\n!no\n"""\n!yes', 's = """\n%no\n!no\n"""\n# !yes'),
        ("x = (a\n%b\n)\n%yes", "x = (a\n%b\n)\n# %yes"),
        ("x = a \\\n% b\n%yes", "x = a \\\n% b\n# %yes"),
        ("a = 1\n%b\n", "a = 1\n# %b\n"),
        ("a = 1\r\n%b\r\n", "a = 1\n# %b\n"),
    ],
)
def test_magics_become_comments_and_what_looks_like_them_stays(source: str, python: str) -> None:
    assert cells(code(source)) == python
    ast.parse(python)


@pytest.mark.parametrize("source", ["await f()", "x != 1", "x = 5 % y", "d = {'a': '%s' % 1}"])
def test_python_stays_as_it_is(source: str) -> None:
    assert cells(code(source)) == source


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "malformed JSON"),
        ("[]", "no JSON object"),
        ("{}", "no cells"),
        ('{"cells": 3}', "no cells"),
        ('{"cells": [3]}', "a cell is no object"),
        ('{"cells": [{"cell_type": "code"}]}', "a code cell without text"),
        (code(["x", 3]), "a code cell without text"),
        (code("x <- 1", metadata={"kernelspec": {"language": "R"}}), "a notebook of r"),
        (code("1", metadata={"language_info": {"name": "julia"}}), "a notebook of julia"),
    ],
)
def test_what_is_no_notebook_of_python_is_unmeasured(text: str, reason: str) -> None:
    with pytest.raises(NotebookError, match=reason):
        cells(text)


def test_cells_of_other_languages_may_hold_a_tenth_of_the_lines() -> None:
    python = "\n".join(f"x{n} = {n}" for n in range(18))
    assert cells(code(python, "%%bash\nrm -r x")).endswith("\n# %%bash\n# rm -r x")  # 2 of 20
    with pytest.raises(NotebookError, match=r"^3 of 21 code lines stand in cells of other lang"):
        cells(code(python, "%%bash\nrm -r x\nls"))


def decoded(text: str) -> str:
    return decode(Blob("0" * 40, "notebook", text.encode()), RECIPE.limits)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (code("x = '\0'"), "contains NUL bytes"),
        (code("x = '\ud800'"), "undecodable characters"),
        ("[" * 100_000, "nested too deeply"),
        (code("x = 1" + " " * 5000), "a line is longer than 5000 columns"),
        (code("\n" * 20_000), "longer than 20000 lines"),
    ],
)
def test_the_limits_are_those_of_the_code(text: str, reason: str) -> None:
    with pytest.raises(UnmeasurableError, match=reason):
        decoded(text)
    picture = {"cell_type": "code", "source": "x = 1", "outputs": [{"png": "a" * 2_000_000}]}
    assert decoded(json.dumps({"cells": [picture], "metadata": {}})) == "x = 1"


@given(st.lists(st.text(alphabet="a%!?=()'\"\\\n #[]", max_size=20), max_size=3))
def test_no_cell_breaks_or_loses_a_line(sources: list[str]) -> None:
    try:
        python = cells(code(*sources))
    except NotebookError:
        return
    assert python.count("\n") == "\n".join(sources).count("\n")


SHOWN = """\
%matplotlib inline
def grade(points):
    if points > 90:
        return "a"
    return nowhere  # noqa
"""
LAST = "display(grade(3))\nget_ipython()\n_1\ngrade(1)\nawait grade(2)\nundefined_name"


def measured(analyzer: str, *blobs: Blob) -> list[Facts]:
    return list(ANALYZERS[analyzer].measure(blobs, RECIPE))


def test_all_analyzers_agree_on_text_and_lines() -> None:
    """By hand: grade stands in lines 2 to 5, the second cell begins with line 7."""
    blob = Blob("1" * 40, "notebook", code(SHOWN, LAST).encode())
    (lizard,) = measured("lizard", blob)
    sizes = [row for row in lizard.rows if isinstance(row, FileSize)]
    grade = next(row for row in lizard.rows if isinstance(row, Function) and row.name == "grade")
    assert [row.nloc for row in sizes] == [10]
    assert (grade.name, grade.start_line, grade.end_line, grade.ccn) == ("grade", 2, 5, 2)
    (clones,) = measured("clones", blob)
    assert [row.numbers for row in clones.rows if isinstance(row, CodeLines)] == [
        (2, 3, 4, 5, 7, 8, 9, 10, 11, 12)
    ]
    (pylint,) = measured("pylint", blob)
    found = [(row.line, row.rule) for row in pylint.rows if isinstance(row, Finding)]
    assert found == [(5, "E0602"), (12, "E0602")]  # nowhere, undefined_name
    (radon,) = measured("radon", blob)
    assert [row.start_line for row in radon.rows if hasattr(row, "cc")] == [2]
    (suppressions,) = measured("suppressions", blob)
    assert [getattr(row, "line", 0) for row in suppressions.rows] == [5]
    assert {each.language for each in (lizard, clones, pylint, radon, suppressions)} == {"notebook"}


def test_one_content_under_two_names_is_two_texts() -> None:
    """A notebook is also a Python literal: as a module it has no undefined name."""
    content = code("undefined_name").replace("null", "None").encode()
    blobs = [Blob("2" * 40, language, content) for language in ("notebook", "python")]
    notebook, module = measured("pylint", *blobs)
    assert [row.rule for row in notebook.rows if isinstance(row, Finding)] == ["E0602"]
    assert (module.reason, module.rows) == (None, ())


def test_a_stub_is_read_as_python_by_what_counts_size_and_copies_only() -> None:
    """pylint takes a stub's forward references for errors: it does not read stubs."""
    blob = Blob("3" * 40, "stub", b"def f(a: Later) -> int: ...\nclass Later: ...\n")
    (lizard,) = measured("lizard", blob)
    assert lizard.reason is None
    assert [row.nloc for row in lizard.rows if isinstance(row, FileSize)] == [2]
    reads = {part.name for part in RECIPE.parts if part.reads("stub")}
    assert {"clones", "lizard", "suppressions"} <= reads
    assert not reads & {"pylint", "radon"}
