"""pylint over files that know nothing of each other, and the proof that it can be believed.

pylint is a program to us, never a module. The plugin in ``pylint_process`` makes a nursery of it,
which hides everything but the standard library. A child of the nursery lints a few texts, one
after another, each as a file of a name that no import statement can spell, so that no file sees
its neighbours, and forgets what it inferred before. The first and the last text are our canary.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from collectors.analyzers.findings import Message, shortened
from collectors.languages.source import AnalyzerDiedError
from collectors.nursery.client import Nursery, death
from collectors.nursery.messages import read_json, write, write_json
from quality.errors import MeasureError
from quality.model.recipe import Limits

CANARY = """\
import astroid
import fractions


def shout(words, seen=[]):
    if not words:
        raise fractions.Fraction
    if not seen:
        raise astroid.nodes.Const
    for word in words:
        seen.append(word.upper(), quietly)
    return "%s %s" % (seen,)
    print(shout)
"""
# To raise a Fraction is wrong, and so is a node of astroid's: that pylint knows of the first and
# cannot know of the second proves that it sees the standard library and nothing installed.
CANARY_FINDINGS = frozenset(
    {
        (5, "W0102", "Dangerous default value [] as argument"),
        (7, "E0710", "Raising a class which doesn't inherit from BaseException"),
        (11, "E0602", "Undefined variable 'quietly'"),
        (12, "E1306", "Not enough arguments for format string"),
        (13, "W0101", "Unreachable code"),
    }
)
CANARY_RULES = frozenset(rule for _, rule, _ in CANARY_FINDINGS)
SYNTAX_ERROR = "syntax error: "
FIRST, LAST = "canary-first", "canary-last"
PROCESS = Path(str(resources.files("collectors.analyzers"))) / "pylint_process"
IMPORTED = re.compile(r"^[ \t]*(?:from|import)[ \t]+(\w[\w., \t]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Linted:
    """What pylint says of one text. ``hidden``: line, column and rule of what it would not have
    said, had it obeyed the text's pragmas. ``fatal``: it broke in the middle, at the text or at its
    pragmas, so that what it holds in memory, and so all that follows in the run, is in doubt."""

    messages: tuple[Message, ...]
    hidden: frozenset[tuple[int, int, str]] = frozenset()
    reason: str | None = None
    fatal: bool = False


class LintDiedError(AnalyzerDiedError):
    """pylint's process ended at the text with this key. ``transient``: it was killed from outside,
    which says nothing of the text."""

    def __init__(self, reason: str, key: str, *, transient: bool) -> None:
        super().__init__(reason, transient=transient)
        self.key = key


def nursery(rules: Collection[str]) -> Nursery:
    """The nursery of this process, and of those forked from it, that looks for these rules."""
    return _nursery(tuple(sorted(frozenset(rules) | CANARY_RULES)))


@cache
def _nursery(rules: tuple[str, ...]) -> Nursery:
    # A folder of its own, for pylint takes the current one from the path.
    return Nursery(
        ["-m", "pylint", f"--rcfile={PROCESS / 'pylintrc'}", f"--enable={','.join(rules)}"],
        {"PYTHONPATH": str(PROCESS)},
        apart=False,
    )


@cache
def library() -> frozenset[str]:
    """The modules of the standard library that the nursery can read in advance."""
    return frozenset((PROCESS / "library.txt").read_text("ascii").split())


def imported(text: str) -> frozenset[str]:
    """Those that a text seems to import: what a guess misses, a child reads."""
    named = (part.split() for found in IMPORTED.findall(text) for part in found.split(","))
    return library().intersection(words[0] for words in named if words)


def lint(
    texts: Mapping[str, str],
    rules: Collection[str],
    limits: Limits,
    *,
    obeyed: Mapping[str, str] | None = None,
    known: Collection[str] = (),
) -> dict[str, Linted]:
    """What pylint says of each text by its key (letters and digits), in the texts' order, each
    within the limits. ``obeyed``: the same code with the pragmas that pylint obeys, where a text
    has any. ``known``: what of the library is read before all of them.

    Raises LintDiedError at a text that ends pylint, AnalyzerDiedError if one upsets it, and
    MeasureError if it does not report what it must even on a file of ours alone.
    """
    found = _run(texts, rules, limits, obeyed or {}, known)
    wanted = [FIRST] if any(linted.fatal for linted in found.values()) else [FIRST, LAST]
    if any(_sung(found.pop(name)) != CANARY_FINDINGS for name in wanted):
        if not texts:
            raise MeasureError("pylint does not report what it must: nothing it says is believed")
        lint({}, rules, limits)  # raises if it is not the texts that upset it
        raise AnalyzerDiedError("pylint is upset by the file: known messages went missing")
    found.pop(LAST, None)
    return found


def _sung(canary: Linted) -> frozenset[tuple[int, str, str]]:
    return frozenset(
        (message.line, message.rule, message.text)
        for message in canary.messages
        if message.rule in CANARY_RULES
    )


def _run(
    texts: Mapping[str, str],
    rules: Collection[str],
    limits: Limits,
    obeyed: Mapping[str, str],
    known: Collection[str],
) -> dict[str, Linted]:
    """One child's answers. It gets a text when it is done with the one before."""
    named = {FIRST: FIRST, **{key: f"m-{key}" for key in texts}, LAST: LAST}
    head = {
        "limits": asdict(limits),
        "names": list(named.values()),
        "library": sorted({*known, *imported(CANARY)}),
    }
    found: dict[str, Linted] = {}
    home = nursery(rules)
    with home.connect() as connection:
        try:
            write_json(connection, head)
            for key, name in named.items():
                write(connection, texts.get(key, CANARY).encode())
                write(connection, obeyed.get(key, "").encode())
                answer = read_json(connection)
                if "ended" in answer:
                    raise _died(answer["ended"], key, list(texts), limits)
                found[key] = _linted(name, **answer)
        except (EOFError, BrokenPipeError) as error:
            if home.broken():
                raise MeasureError("pylint does not start: install workmanship anew") from error
            raise _died(signal.SIGKILL, key, list(texts), limits) from error
    return found


def _died(status: int, key: str, keys: Sequence[str], limits: Limits) -> AnalyzerDiedError:
    """The death at the text of a key, or at a canary beside one."""
    reason, transient = death(status, limits.cpu_seconds)
    if not keys:  # no text's doing
        raise MeasureError(f"pylint does not come to its end: {reason}: run it again")
    beside = {FIRST: keys[0], LAST: keys[-1]}
    return LintDiedError(reason, beside.get(key, key), transient=transient)


def _linted(
    name: str, messages: list[tuple[int, int, str, str, bool]], checked: bool, obeyed: bool
) -> Linted:
    found, hidden = [], set()
    for line, column, rule, said, silenced in messages:
        text = _clean(said, name)
        if rule.startswith("F"):
            return Linted(
                (), reason="pylint breaks on it: nested too deeply or too large", fatal=True
            )
        if rule == "E0001":
            return _unparsed(text, line)
        found.append(Message(line, column, rule, text))
        if silenced:
            hidden.add((line, column, rule))
    if not checked:
        return Linted((), reason="pylint passes over it in silence", fatal=True)
    return Linted(tuple(found), frozenset(hidden), fatal=not obeyed)


def _unparsed(text: str, line: int) -> Linted:
    error = text.removeprefix("Parsing failed: ").strip("'")
    if not error:  # a MemoryError has no text: the file's own fault only if it is alone
        return Linted(
            (), reason="syntax error: nested too deeply or over the memory limit", fatal=True
        )
    error = re.sub(r" ?\((?:this module|<unknown>), line \d+\)", "", error)
    return Linted((), reason=f"{SYNTAX_ERROR}{error}" + (f" in line {line}" if line else ""))


def _clean(text: str, name: str) -> str:
    """No file name and no address of this run, shortened."""
    text = text.replace(f"{name}.py", "this module").replace(f"{name}.", "")
    text = re.sub(r" at 0x[0-9a-f]{8,}", "", text.replace(name, "this module"))
    return shortened(text)
