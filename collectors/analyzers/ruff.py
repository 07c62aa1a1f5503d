"""ruff: bug patterns and weaknesses in Python, found on the syntax tree of one file alone.

It reads texts without comments, so that no ``noqa`` speaks to it. Where a directive would hide a
finding, ruff or bandit obeying it, a second text shows which: bandit's ``nosec`` stands there as
the ``noqa`` of the rules that ruff took from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from collectors.analyzers.findings import context, shortened
from collectors.analyzers.program import Canary, Program, Said, Source, installed_program
from collectors.languages.comments import comments, masked, replaced
from collectors.languages.newer import broken, newer_syntax
from collectors.languages.source import UnmeasurableError, decode, unix
from quality.model.facts import Blob, Cause, Facts, Finding
from quality.model.recipe import Recipe, Rule

ANALYZER = "ruff"
NEWEST = (
    "py314"  # the newest grammar that it reads: what an older Python refuses is no finding here
)
UNPARSED = "invalid-syntax"
BANDIT = re.compile(r"S\d{3}")
OBEDIENT = "o"  # no git object id starts with it
DIRECTIVE = re.compile(r"#\s*(?:ruff|flake8)\s*[:=]|#\s*noqa\b", re.IGNORECASE)
NOSEC = re.compile(r"#\s*nosec\b[ \t:]*((?:B\d{3}[ ,]*)*)", re.IGNORECASE)

# A line of ours behind each text: ruff finds it wherever it understood the text, and passes over
# all that stands in one that it cannot parse.
LAST_LINE, LAST_RULE = "\n0 is 0\n", "F632"

Row = tuple[int, int, int, str, str]  # line, column from 0, last line, rule, message
CANARY = """\
import pickle


def run(x, data):
    if x is "a" or x == x:
        raise ValueError
    return pickle.loads(data), {1: 2, **x, **x}
"""
CANARY_ROWS = frozenset(
    {
        (5, 7, 5, "F632", "Use `==` to compare constant literals"),
        (5, 19, 5, "PLR0124", "Name compared with itself, consider replacing `x == x`"),
        (7, 11, 7, "S301", "`pickle` and modules that wrap it can be unsafe when used to "
                           "deserialize untrusted data, possible security issue"),
    }
)  # fmt: skip

CANARY_RULES = frozenset(rule for *_, rule, _ in CANARY_ROWS)


@dataclass(frozen=True, slots=True)
class _Text:
    """A blob as ruff sees it: without comments, and with the directives alone (None: nothing
    hides a rule that counts)."""

    neutral: str
    obedient: str | None


def prepare(recipe: Recipe) -> None:
    """Have ruff prove itself before the first blob."""
    _program(_selected(recipe)).prove(recipe.limits)


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """Findings of the recipe's rules, or the reason why there are none.

    Raises AnalyzerDiedError at a blob that ends or upsets ruff, and MeasureError if it is not to
    be trusted at all.
    """
    texts, reasons = dict[int, _Text](), dict[int, UnmeasurableError]()
    weaknesses = ",".join(rule for rule in _selected(recipe) if BANDIT.fullmatch(rule))
    for number, blob in enumerate(blobs):
        try:
            texts[number] = _text(unix(decode(blob, recipe.limits)), weaknesses)
        except UnmeasurableError as error:
            reasons[number] = error
    found = _program(_selected(recipe)).read(list(_sources(texts)), recipe.limits)
    rules = {rule.id: rule for rule in recipe.rules_of(ANALYZER)}
    for number, blob in enumerate(blobs):
        if refused := reasons.get(number):
            yield Facts(blob.oid, blob.language, ANALYZER, str(refused), cause=refused.cause)
            continue
        text = texts[number]
        rows = next(found)[1]
        obedient = next(found)[1] if text.obedient is not None else None
        yield _facts(blob, text.neutral, rows, obedient, rules)


def _selected(recipe: Recipe) -> tuple[str, ...]:
    return tuple(sorted(CANARY_RULES.union(recipe.counted(ANALYZER))))


@cache
def _program(rules: tuple[str, ...]) -> Program[Row]:
    options = ["check", "--isolated", "--no-cache", "--quiet", "--preview", "--exit-zero"]
    options += ["--output-format=json", f"--target-version={NEWEST}", f"--select={','.join(rules)}"]
    options += ["--config=lint.explicit-preview-rules=true"]
    path = installed_program("ruff", "ruff")

    def command(names: Sequence[str]) -> Sequence[str]:
        return [path, *options, "--", *names]

    return Program("ruff", command, _rows, (Canary(".py", CANARY, CANARY_ROWS),))


def _rows(said: Said, names: Sequence[str]) -> Iterator[tuple[str, Row]]:
    """Of the first and the last file, our canaries, the findings of their rules alone."""
    if said.stderr:
        raise ValueError(said.stderr)
    for each in json.loads(said.stdout):
        name = each["filename"].rpartition("/")[2]
        if name in (names[0], names[-1]) and each["code"] not in CANARY_RULES:
            continue
        start, end = each["location"], each["end_location"]
        text = shortened(each["message"])
        place = (start["row"], start["column"] - 1, end["row"])
        yield name, (*place, each["code"] or UNPARSED, text)


def _sources(texts: dict[int, _Text]) -> Iterator[Source]:
    for number, text in texts.items():
        yield Source(str(number), ".py", text.neutral + LAST_LINE)
        if text.obedient is not None:
            yield Source(f"{OBEDIENT}{number}", ".py", text.obedient + LAST_LINE)


def _text(text: str, weaknesses: str) -> _Text:
    found = comments(text, "python")
    said = {comment: _obeyed(comment.text, weaknesses) for comment in found}
    # A comment ends its line: its length moves nothing.
    obedient = replaced(text, said) if any(said.values()) else None
    return _Text(masked(text, found), obedient)


def _obeyed(comment: str, weaknesses: str) -> str:
    """What ruff would obey in a comment, bandit's directives as its own (one without ids hides all
    of the ``weaknesses``); "" for nothing."""
    if nosec := NOSEC.search(comment):
        named = re.findall(r"B(\d{3})", nosec[1], re.IGNORECASE)
        return "# noqa: " + (",".join(f"S{number}" for number in named) or weaknesses)
    directive = DIRECTIVE.search(comment)
    return comment[directive.start() :] if directive else ""


def _facts(
    blob: Blob, text: str, rows: list[Row], obedient: list[Row] | None, rules: dict[str, Rule]
) -> Facts:
    """Distinct (line, column, rule) in order; hidden is what is gone once directives are obeyed."""
    lines = unix(text).split("\n")
    if not any(line > len(lines) and rule == LAST_RULE for line, _, _, rule, _ in rows):
        return _unparsed(blob, text, rows)
    left = {row[:4] for row in (rows if obedient is None else obedient)}
    found = dict[tuple[int, int, str], Finding]()
    for row in sorted(rows):
        line, column, last, rule, message = row
        if line > len(lines) or rule not in rules:
            continue
        if not _wanted(rules[rule], message, lines, line, last):
            continue
        hidden = row[:4] not in left
        finding = Finding(line, column, rule, message, context(lines, line), hidden)
        found.setdefault((line, column, rule), finding)
    return Facts(blob.oid, blob.language, ANALYZER, None, tuple(found.values()))


def _unparsed(blob: Blob, text: str, rows: list[Row]) -> Facts:
    """A text that ruff cannot parse; whose fault it is, is told by Python itself."""
    line, *_, message = min((row for row in rows if row[3] == UNPARSED), default=(0, "no reason"))
    line = min(line, len(unix(text).split("\n")))  # ours is behind it
    reason = newer_syntax(text) or f"syntax error: {message} in line {line}"
    cause: Cause = "supplier" if broken(text) else "ours"
    return Facts(blob.oid, blob.language, ANALYZER, reason, cause=cause)


def _wanted(rule: Rule, message: str, lines: Sequence[str], line: int, last: int) -> bool:
    """Whether a finding is of the sort that the rule counts, by its message and by the code."""
    if rule.only and not re.search(rule.only, message):
        return False
    if not rule.near:
        return True
    code = "\n".join([_function(lines, line), *lines[line - 1 : last]])
    return bool(re.search(rule.near, code))


def _function(lines: Sequence[str], line: int) -> str:
    """The nearest line above that begins a function which may hold this one."""
    here = lines[line - 1]
    depth = len(here) - len(here.lstrip())
    for above in reversed(lines[: line - 1]):
        said = above.lstrip()
        if said.startswith(("def ", "async def ")) and len(above) - len(said) < depth:
            return above
    return ""
