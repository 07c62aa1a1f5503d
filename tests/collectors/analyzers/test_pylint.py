"""Findings as pylint's own on the same bytes, that depend on nothing but the bytes."""

import ast
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha1
from pathlib import Path

import pytest

from collectors.analyzers import pylint, pylint_run
from collectors.languages.source import AnalyzerDiedError
from quality.catalogue.recipes import load_recipe
from quality.errors import MeasureError
from quality.model.facts import Blob, Facts, Finding
from quality.model.recipe import Recipe

RECIPE = load_recipe("2026.2")
EVERYTHING = replace(
    RECIPE,
    rules=tuple(
        replace(rule, list="warnings") for rule in RECIPE.rules_of("pylint") if rule.id[0] != "F"
    ),
)
ROOT = Path(__file__).parents[3]
PROVEN = frozenset(  # said only where the file proves it: test_proof.py
    re.findall(
        r'^    "(\w+)": \w+\.\w+,',
        (ROOT / "collectors/analyzers/pylint_process/proof.py").read_text("utf-8"),
        re.MULTILINE,
    )
)
TOO_DEEP = b"x = 1" + b" + \\\n 1" * 3000 + b"\n"


def blob(content: bytes) -> Blob:
    return Blob(sha1(b"blob %d\0" % len(content) + content).hexdigest(), "python", content)


def measure(*contents: bytes, recipe: Recipe = RECIPE) -> list[Facts]:
    return list(pylint.measure([blob(content) for content in contents], recipe))


def findings(facts: Facts) -> list[Finding]:
    assert facts.reason is None
    return [row for row in facts.rows if isinstance(row, Finding)]


def places(facts: Facts) -> list[tuple[int, int, str]]:
    return [(row.line, row.column, row.rule) for row in findings(facts)]


def raw(folder: Path, contents: Sequence[bytes]) -> list[set[tuple[int, int, str]]]:
    """pylint itself, told nothing but the recipe's rules."""
    rules = ",".join(rule.id for rule in RECIPE.rules_of("pylint") if rule.list != "excluded")
    names = [f"raw{number}" for number in range(len(contents))]
    for name, content in zip(names, contents, strict=True):
        (folder / f"{name}.py").write_bytes(content)
    options = ["--rcfile=/dev/null", "--persistent=no", "--disable=all", f"--enable={rules}"]
    run = subprocess.run(
        [sys.executable, "-P", "-m", "pylint", *options, "--output-format=json2", *names],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    found: dict[str, set[tuple[int, int, str]]] = {name: set() for name in names}
    for message in json.loads(run.stdout)["messages"]:
        place = (message["line"], message["column"], message["messageId"])
        found[message["module"]].add(place)
    return [found[name] for name in names]


def real() -> Iterator[bytes]:
    """Real code without pragmas: pieces of the standard library."""
    for module in ("colorsys", "fnmatch", "sched", "quopri", "cmd", "shlex"):
        yield (Path(ast.__file__).parent / f"{module}.py").read_bytes()


SIGNS = "#" * 1600
BY_HAND = b"def f(a=[]):\n    try:\n        return b\n    except:\n        return a\n"
REACHED = b"""\
def f():
    # pylint: disable=undefined-variable
    print(a)
    # pylint: enable=undefined-variable
    print(b)


def g(c=[]):  # pylint: disable=W0102
    # pylint: disable-next=E0602
    c.append(d)
    print(e)
"""
IN_A_STRING = b'print("""\n# pylint: disable=all\n""", a)\n'
CUBIC = f'a = "{SIGNS} pylint:"\n#{SIGNS} pylint: disable=E0602\nprint(b)  # {SIGNS}\n'.encode()
LONG = b"print(" + b"a" * 2000 + b")\n"


@pytest.fixture(scope="module")
def found() -> dict[bytes, list[Finding]]:
    """The findings of contents that know nothing of each other, by one run."""
    contents = (BY_HAND, REACHED, IN_A_STRING, CUBIC, LONG)
    return dict(zip(contents, map(findings, measure(*contents)), strict=True))


def test_counted_by_hand(found: dict[bytes, list[Finding]]) -> None:
    assert [(row.line, row.column, row.rule, row.message) for row in found[BY_HAND]] == [
        (1, 0, "W0102", "Dangerous default value [] as argument"),
        (3, 15, "E0602", "Undefined variable 'b'"),
        (4, 4, "W0702", "No exception type(s) specified"),
    ]


@pytest.mark.slow
def test_as_pylint_itself(tmp_path: Path) -> None:
    wrong = b"def f(a=[]):\n    return b\n"
    contents = [*real(), wrong, Path(pylint_run.__file__).read_bytes()]
    ours = [set(places(facts)) for facts in measure(*contents)]
    theirs = raw(tmp_path, contents)
    assert [{place for place in file if place[2] not in PROVEN} for file in ours] == [
        {place for place in file if place[2] not in PROVEN} for file in theirs
    ]
    assert all(mine <= all_of for mine, all_of in zip(ours, theirs, strict=True))
    assert sum(map(len, ours)) > 5


@pytest.mark.slow
def test_batch_order_and_neighbours_do_not_matter() -> None:
    contents = [*real()][:5]
    alone = {content: measure(content, recipe=EVERYTHING)[0] for content in contents[:2]}
    together = dict(zip(contents, measure(*contents, recipe=EVERYTHING), strict=True))
    assert {content: together[content] for content in alone} == alone
    shuffled = random.Random(1).sample(contents, k=len(contents))
    parts = [*measure(*shuffled[:3], recipe=EVERYTHING), *measure(*shuffled[3:], recipe=EVERYTHING)]
    assert shuffled != contents
    assert dict(zip(shuffled, parts, strict=True)) == together


def test_a_file_cannot_change_what_its_neighbour_is_judged_by() -> None:
    victim = b"import fractions\ndef f():\n    raise fractions.Fraction\n"
    poison = b"import fractions\nfractions.Fraction = 5\nfractions.Fraction.x = 1\n"
    both = measure(poison, victim)
    assert places(both[1]) == [(3, 4, "E0710")]
    assert both[1] == measure(victim)[0]


def test_a_file_cannot_import_its_neighbour() -> None:
    neighbour = blob(b"class Wrong:\n    pass\n")
    importer = f"import m{neighbour.oid} as n\ndef f():\n    raise n.Wrong\n".encode()
    assert places(measure(importer, neighbour.content)[0]) == []


@pytest.mark.slow
def test_installed_packages_do_not_matter() -> None:
    codes = []
    for installed in ("astroid.nodes.Const", "hypothesis.Phase", "isort.Config"):
        package, _, name = installed.rpartition(".")
        code = f"from {package} import {name}\ndef f():\n    raise {name}\n    {name}(1, 2)(3)\n"
        codes += [code, code.replace(package, package[::-1])]
    measured = measure(*(code.encode() for code in codes), recipe=EVERYTHING)
    for here, away in zip(measured[::2], measured[1::2], strict=True):
        assert places(here) == places(away)
        assert [row.rule for row in findings(here)] == ["E0401", "W0101"]


def test_directives_hide_nothing_and_are_noted() -> None:
    directives = [
        "# pylint: disable=undefined-variable",
        "#pylint:disable=E0602",
        "# pylint: disable=all",
        "# pylint: skip-file",
        "# reason # pylint: disable=W0702, E0602 ; reason",
    ]
    measured = measure(*(f"print(a)  {directive}\n".encode() for directive in directives))
    for directive, facts in zip(directives, measured, strict=True):
        found = [(row.line, row.column, row.rule, row.hidden) for row in findings(facts)]
        assert found == [(1, 6, "E0602", True)], directive


def test_only_what_the_directive_reaches_is_hidden(found: dict[bytes, list[Finding]]) -> None:
    assert [(row.line, row.hidden) for row in found[REACHED]] == [
        (3, True),
        (5, False),
        (8, True),
        (10, True),
        (11, False),
    ]


HIDING = ("E,W", "undefined-variable", "E0602", "W", "unused-import,E", "dangerous-default-value")


def with_pragmas(seed: int) -> bytes:
    """Nested blocks with pragmas alone and beside code, early in a block and late."""
    drawn = random.Random(seed)
    lines = ["import os"]

    def block(depth: int, indent: str) -> None:
        for _ in range(drawn.randint(1, 4)):
            name, pragma = f"v{len(lines)}", ""
            if drawn.random() < 0.5:
                verb = drawn.choice(("disable", "disable", "enable", "disable-next"))
                pragma = f"  # pylint: {verb}={drawn.choice(HIDING)}"
            heads = (
                f"def {name}(a=[]):", f"class {name}:", f"if {name}:", f"for a in {name}:",
                "while a:", "try:", f"with {name} as b:", "@decorated\n{}async def c():",
            )  # fmt: skip
            if pragma and drawn.random() < 0.4:
                lines.append(indent + pragma.strip())
            elif depth and drawn.random() < 0.6:
                head = drawn.choice(heads).format(indent)
                lines.extend((indent + head + pragma).split("\n"))
                block(depth - 1, indent + "    ")
                if head == "try:":
                    lines.append(f"{indent}except OSError:{pragma}")
                    lines.append(f"{indent}    print({name})")
            else:
                tail = drawn.choice(("", "\\\n", "(\n"))
                end = ")" if tail == "(\n" else ""
                lines.append(f"{indent}print({name}, {tail}{name}{end}){pragma}")
        lines.append(f"{indent}print({indent.count(' ')})")

    block(4, "")
    return "\n".join(lines).encode() + b"\n"


@pytest.mark.slow
def test_pragmas_hide_what_pylint_would_hide(tmp_path: Path) -> None:
    contents = [with_pragmas(seed) for seed in range(60)]
    measured = measure(*contents)
    for facts, theirs in zip(measured, raw(tmp_path, contents), strict=True):
        rows = list(zip(places(facts), findings(facts), strict=True))
        shown = {place for place, row in rows if not row.hidden}
        assert shown == theirs & {place for place, _ in rows}
    hidden = [row.hidden for facts in measured for row in findings(facts)]
    assert hidden.count(True) > 100 < hidden.count(False)


def test_a_pragma_in_each_of_many_functions_costs_little() -> None:
    function = "def f{n}(a):\n    # pylint: disable=E,W\n    return u{n}\n"
    (facts,) = measure("".join(function.format(n=n) for n in range(300)).encode())
    assert [row.hidden for row in findings(facts)] == [True] * 300


def test_a_directive_in_a_string_is_none(found: dict[bytes, list[Finding]]) -> None:
    assert [row.hidden for row in found[IN_A_STRING]] == [False]


def test_pylints_cubic_expression_meets_no_line_of_the_file(
    found: dict[bytes, list[Finding]],
) -> None:
    assert [(row.line, row.hidden) for row in found[CUBIC]] == [(3, True)]


def test_type_comments_are_uses_but_no_directives() -> None:
    content = b"""\
import a
import b
x = []  # type: a.A
y = []  # type: b.B # pylint: disable=W0611
"""
    found = findings(measure(content, recipe=EVERYTHING)[0])
    unused = [(row.line, row.hidden) for row in found if row.rule == "W0611"]
    assert unused == [(2, False)]


def test_lines_are_the_files_own() -> None:
    wanted = {
        b"# coding: latin-1\nx = '\xe9'\nprint(y)\n": (3, 6),
        b"\xef\xbb\xbfprint(y)\n": (1, 6),
        b"x = 1\r\n# c\r\nprint(y)\r\n": (3, 6),
        b"x = '''\n\x0c\n'''\n\x0c\nprint(y)": (5, 6),
        "x = '\u2028\x85'\nprint(y)\n".encode(): (2, 6),
        b"if x:\n    print(y)\n    # c": (2, 10),
    }
    for (content, place), facts in zip(wanted.items(), measure(*wanted), strict=True):
        assert (*place, "E0602") in places(facts), content


def test_context_is_the_lines_code() -> None:
    first, second = measure(b"print( a)  # one\n", b"\n   \nif 1:\n    print( a)\n")
    [one], [two] = findings(first), [row for row in findings(second) if row.rule == "E0602"]
    assert one.context == two.context
    assert 0 <= one.context < 2**64


def test_messages_name_no_file_and_no_place_of_ours(found: dict[bytes, list[Finding]]) -> None:
    code = (
        b"class A:\n    def f(self):\n        pass\n    def __init__(self):\n        self.f = 1\n"
    )
    [hidden] = [row for row in findings(measure(code, recipe=EVERYTHING)[0]) if row.rule == "E0202"]
    assert hidden.message == "An attribute defined in this module line 5 hides this method"
    assert len(found[LONG][0].message) == 300


def test_what_cannot_be_parsed_is_unmeasured_and_leaves_the_others_alone() -> None:
    contents = [b"def f(:\n", b"print(a)\n", b"\0", b"print 'a'\n", b"(" * 300, b"", b"x = '''\n"]
    facts = measure(*contents)
    assert [one.reason for one in facts] == [
        "syntax error: invalid syntax in line 1",
        None,
        "contains NUL bytes",
        "syntax error: Missing parentheses in call to 'print'. Did you mean print(...)? in line 1",
        "syntax error: too many nested parentheses in line 1",
        None,
        "syntax error: string without end in line 1",
    ]
    assert [len(one.rows) for one in facts] == [0, 1, 0, 0, 0, 0, 0]


def test_a_file_that_breaks_pylint_gets_no_facts_in_company_and_a_reason_alone() -> None:
    company = pylint.measure([blob(b"print(a)\n"), blob(TOO_DEEP), blob(b"print(b)\n")], RECIPE)
    assert places(next(company)) == [(1, 6, "E0602")]
    with pytest.raises(AnalyzerDiedError):
        next(company)
    assert measure(TOO_DEEP)[0].reason == "pylint breaks on it: nested too deeply or too large"


@pytest.mark.slow
def test_what_pragmas_hide_takes_no_memory_that_others_left() -> None:
    many = b"# pylint: disable=E,W,C,R,I\n" + b"\n" * 10_000 + b"print(a)\n"
    tight = replace(RECIPE, limits=replace(RECIPE.limits, memory_bytes=350 << 20))
    for facts in measure(b"print(b)\n", many, many + b"\n", recipe=tight)[1:]:
        assert [(row.rule, row.hidden) for row in findings(facts)] == [("E0602", True)]


@pytest.mark.slow
def test_the_time_limit_reaches_pylint() -> None:
    doubled = "x = [1]\n" + "x = [*x, *x]\n" * 40 + "for a, b in x:\n    print(a, b)\n"
    short = replace(RECIPE, limits=replace(RECIPE.limits, cpu_seconds=1))
    with pytest.raises(AnalyzerDiedError, match="over the time limit of 1 s"):
        measure(doubled.encode(), recipe=short)


@pytest.mark.slow
def test_each_file_has_the_time_limit_for_itself() -> None:
    """Together these take longer than one file may; the answers come one by one."""
    functions = "".join(f"def f{n}(a=[]):\n    return a, b{n}\n" for n in range(150))
    contents = [f"x = {n}\n{functions}".encode() for n in range(30)]
    short = replace(RECIPE, limits=replace(RECIPE.limits, cpu_seconds=1))
    assert [len(findings(each)) for each in measure(*contents, recipe=short)] == [300] * 30


@pytest.mark.slow
def test_what_comes_before_a_file_that_ends_pylint_is_kept() -> None:
    doubled = "x = [1]\n" + "x = [*x, *x]\n" * 40 + "for a, b in x:\n    print(a, b)\n"
    short = replace(RECIPE, limits=replace(RECIPE.limits, cpu_seconds=1))
    blobs = [blob(each) for each in (b"print(a)\n", b"", doubled.encode(), b"print(b)\n")]
    company = pylint.measure(blobs, short)
    assert [len(next(company).rows), len(next(company).rows)] == [1, 0]
    with pytest.raises(AnalyzerDiedError, match="over the time limit of 1 s"):
        next(company)


@pytest.mark.slow
def test_what_was_read_before_changes_nothing() -> None:
    """Files alone in a process that has read nothing, and all in one that has read the library."""
    pylint_run._nursery.cache_clear()
    contents = [*real(), b"import fractions\ndef f():\n    raise fractions.Fraction\n"]
    rules = [rule.id for rule in EVERYTHING.rules]
    texts = {f"{n}": content.decode() for n, content in enumerate(contents)}
    cold = {key: pylint_run.lint({key: text}, rules, RECIPE.limits)[key]
            for key, text in texts.items()}  # fmt: skip
    warm = pylint_run.lint(texts, rules, RECIPE.limits, known=pylint_run.library())
    assert warm == cold
    turned = dict(reversed(texts.items()))
    assert pylint_run.lint(turned, rules, RECIPE.limits, known=pylint_run.library()) == cold
    assert sum(len(linted.messages) for linted in cold.values()) > 20


def test_a_pylint_that_misses_what_it_must_find_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pylint_run, "CANARY", pylint_run.CANARY.replace("quietly", "words"))
    with pytest.raises(MeasureError, match="does not report what it must"):
        measure(b"print(a)\n")


def test_the_canary_depends_on_every_kind_of_rule() -> None:
    judged = {rule.id for rule in RECIPE.rules_of("pylint") if rule.list != "excluded"}
    assert judged >= pylint_run.CANARY_RULES
    assert {rule[0] for rule in pylint_run.CANARY_RULES} == {"E", "W"}
