"""pylint's own parser, run as a process, is the judge of what pylint obeys."""

import json
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.languages.pragmas import hides, pylint_directive
from tests.examples import examples

ORACLE = """
import json, sys
from pylint.utils import pragma_parser as p
for line in sys.stdin:
    match = p.OPTION_PO.search(json.loads(line))
    found = []
    try:
        for pragma in p.parse_pragma(match.group(2)) if match else ():
            found.append([pragma.action, pragma.messages])
    except p.PragmaParserError:
        pass
    print(json.dumps(found), flush=True)
"""


@pytest.fixture(scope="module")
def oracle():
    """pylint's reading of a comment: a list of [keyword, messages]."""
    process = subprocess.Popen(
        [sys.executable, "-c", ORACLE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def ask(comment):
        process.stdin.write(json.dumps(comment) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    with process:
        yield ask
        process.stdin.close()


@pytest.mark.parametrize(
    ("comment", "directive"),
    [
        ("# pylint: disable=unused-import", "pylint: disable=unused-import"),
        ("#pylint:disable=W0611 , C0103", "pylint: disable=W0611,C0103"),
        ("# pylint: disable-next = no-member; because", "pylint: disable-next=no-member"),
        ("# pylint: disable=a-b, enable=c-d", "pylint: disable=a-b,enable=c-d"),
        ("# pylint: skip-file", "pylint: skip-file"),
        ("# pylint: disable-all", "pylint: disable-all"),
        ("# pylint: disable-msg=W0611", "pylint: disable-msg=W0611"),
        ("# pylint: enable=all", "pylint: enable=all"),
        ("# pylint: disable=W", "pylint: disable=W"),
        ("# pylint: disable=nested_min_max", "pylint: disable=nested_min_max"),
        ("# noqa # pylint: disable=aa # pylint: disable=bb", "pylint: disable=bb"),
        ("# pylint: disable=aa; pylint: disable=bb", "pylint: disable=aa"),
        ("# says: pylint: disable=aa", "pylint: disable=aa"),
        ("# pylint: disable=aa \u00e4skip-file", "pylint: disable=aa"),
        ("# PYLINT: disable=aa", None),
        ("# pylint: DISABLE=aa", None),
        ("# pylint disable=aa", None),
        ("# mypylint: disable=aa", None),
        ("# pylint: disable", None),
        ("# pylint: disable aa", None),
        ("# pylint: disable=", None),
        ("# pylint: disable=; aa", None),
        ("# pylint:", None),
        ("# pylint is fine", None),
    ],
)
def test_directive(oracle, comment, directive):
    assert pylint_directive(comment) == directive
    assert bool(oracle(comment)) == (directive is not None)


WORDS = [
    *("#", " ", ";", ",", "=", ":", "-", "_", "x", "c", "W", "\u0663", "\u00e4", "\u00a0", "\x0c"),
    *("pylint:", "pylint", "disable", "disable-next", "disable-all", "disable-msg", "enable"),
    *("enable-msg", "skip-file", "unused-import", "W0611"),
]


@pytest.mark.slow
@examples(1500)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join))
def test_same_pragmas_as_pylint(oracle, tail):
    known = [
        [action, [] if action in ("skip-file", "disable-all") else names]
        for action, messages in oracle("#" + tail)
        if (names := [name for name in messages if name.isascii() and not is_keyword(name)])
        or action in ("skip-file", "disable-all")
    ]
    directive = pylint_directive("#" + tail)
    assert oracle(f"# {directive}") == known
    assert (directive is None) == (known == [])
    if directive:
        assert pylint_directive(f"# {directive}") == directive
        assert hides(directive) == any(not action.startswith("enable") for action, _ in known)


def is_keyword(name):
    return any(
        name == word or name.startswith(word + "-")
        for word in ("disable", "enable", "skip-file", "disable-all")
    )


@pytest.mark.parametrize(
    "comment",
    ["#" * 5000, "#" * 4990 + "pylint:", "# pylint:" * 550, "# pylint: " + "disable=" * 600,
     "# pylint:" + " " * 4990, "# pylint: disable=" + "a-" * 2400],
)  # fmt: skip
def test_hostile_comments_cost_nothing(comment):
    started = time.process_time()
    pylint_directive(comment)
    assert time.process_time() - started < 0.1


@pytest.mark.parametrize(
    ("directive", "expected"),
    [
        ("pylint: disable=unused-import,W0212", False),
        ("pylint: disable-next=unused-import,enable=x", True),
        ("pylint: disable=unused-import,broad-except", True),
        ("pylint: disable=W0212,skip-file", True),
        ("pylint: disable=all", True),
        ("pylint: enable=broad-except", False),
    ],
)
def test_a_pragma_that_names_only_what_does_not_count_hides_nothing(directive, expected):
    assert hides(directive, {"unused-import", "W0212"}) is expected
