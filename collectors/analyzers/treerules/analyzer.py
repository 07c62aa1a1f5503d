"""The search: one native pass over a tree for the kinds of nodes that proofs look at, and one for
the rules of ast-grep that the text can match at all. Compiling a rule costs more than searching for
it, and ast-grep compiles anew for each text: so that most rules ask for a word in the text first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import partial

from collectors.analyzers.findings import context
from collectors.analyzers.treerules.layout import Settled, settled
from collectors.analyzers.treerules.proofs import PROOFS, memory
from collectors.analyzers.treerules.rules import RuleSet, TreeRule, languages, layers, rule_set
from collectors.analyzers.treerules.sides import sides
from collectors.languages.components import page_language, scripts_alone
from collectors.languages.pages import php_alone
from collectors.languages.source import UnmeasurableError, one_by_one, unix
from collectors.languages.structures import structures
from collectors.languages.trees import Node, errors, parsed
from quality.errors import MeasureError
from quality.model.facts import Blob, Cause, Facts, Finding
from quality.model.recipe import Recipe

ANALYZER = "treerules"
Place = tuple[int, int, str]  # line from 1, column from 0, rule


class UnreadError(UnmeasurableError):
    """The grammar does not understand a text, which is no proof that it is wrong."""

    cause: Cause = "ours"


def measure(blobs: Sequence[Blob], recipe: Recipe) -> Iterator[Facts]:
    """Findings of each blob by the recipe's rules. What stands in text that the grammar does not
    understand is not looked at: a file with more than ``unread_percent`` of it is unmeasured."""
    counted = frozenset(recipe.counted(ANALYZER))
    percent = recipe.limits.unread_percent
    return one_by_one(ANALYZER, partial(_findings, counted, percent), blobs, recipe)


def prepare(_: Recipe) -> None:
    """Have each language's canary found, or believe nothing: MeasureError."""
    for language in languages():
        rules = rule_set(language)
        if set(places(rules.canary, language, rules, 0)) != rules.expected:
            raise MeasureError(
                f"treerules misreads a known sample of {language}, so nothing it says is believed: "
                f"install workmanship anew with its pinned requirements"
            )


def _findings(
    counted: frozenset[str], unread_percent: int, text: str, language: str
) -> list[Finding]:
    text = unix(text)
    if language == "vue":
        text, language = scripts_alone(text), page_language(text)
    rules = rule_set(language)
    found = sorted(set(places(text, language, rules.only(counted), unread_percent)))
    if not found:
        return []
    code = _without_comments(text, language).split("\n")
    return [
        Finding(line, column, rule, rules.by_id[rule].message, context(code, line), hidden=False)
        for line, column, rule in found
    ]


def places(text: str, language: str, rules: RuleSet, unread_percent: int) -> Iterator[Place]:
    r"""Where the rules find something in a text whose lines end with \n."""
    if language == "php":
        text = php_alone(text)
    if not text.strip():
        return
    for source, read in _readings(text, language, unread_percent):
        memory.forget()
        lines = [0, *(match.end() for match in re.finditer("\n", source))]
        directives = [] if source is text else _directives(text)
        unread, spoken = errors(read.root), rules.spoken(read.grammar)
        wanted = [rule for rule in spoken.rules if rule.worth(read.text)]
        for rule, node in _found(read.root, wanted, spoken):
            if _clear(node, unread):
                at = node.range()
                start, end = read.before(at.start.index), read.before(at.end.index)
                first, last = bisect_right(lines, start), bisect_right(lines, end)
                if not _torn(first, last, directives):
                    yield first, start - lines[first - 1], rule.id


def _readings(text: str, language: str, unread_percent: int) -> Iterator[tuple[str, Settled]]:
    """The text, and as it is read: all of it at once or, where the grammar does not understand
    that, both sides of the preprocessor's conditions."""
    read = settled(text, language)
    try:
        _understood(read, unread_percent)
    except UnreadError:
        if language != "cpp":
            raise
        readings = [(side, settled(side, language)) for side in sides(text)]
        for _, each in readings:
            _understood(each, unread_percent)
        yield from readings
    else:
        yield text, read


def _directives(text: str) -> list[int]:
    """The numbers of the lines that are the preprocessor's."""
    lines = enumerate(text.split("\n"), 1)
    return [number for number, line in lines if line.lstrip().startswith("#")]


def _torn(first: int, last: int, directives: Sequence[int]) -> bool:
    """Whether a directive of the whole text stands in the lines that a node of one side covers:
    the other side may make it right."""
    return bisect_left(directives, first) < bisect_right(directives, last)


def _found(
    root: Node, wanted: Sequence[TreeRule], rules: RuleSet
) -> Iterator[tuple[TreeRule, Node]]:
    by_kind: dict[str, list[TreeRule]] = {}
    for rule in (rule for rule in wanted if rule.search is None):
        for kind in rule.kinds:
            by_kind.setdefault(kind, []).append(rule)
    words = rules.words
    for node in root.find_all({"rule": {"any": [{"kind": kind} for kind in by_kind]}}):
        kind = node.kind()
        sign = node.child(1).text() if kind in words.binaries else ""
        for rule in by_kind[kind]:
            if not rule.signs or sign in rule.signs:
                for place in PROOFS[rule.proof](node, words, rule.given):
                    yield rule, place
    for layer in layers([rule for rule in wanted if rule.search is not None]):
        for node in root.find_all({"rule": {"any": [rule.search for rule in layer]}}):
            rule = next(each for each in layer if node.get_match(each.mark))
            if rule.proof:
                for place in PROOFS[rule.proof](node, words, rule.given):
                    yield rule, place
            else:
                yield rule, node.get_match("AT") or node


def _understood(read: Settled, percent: int) -> None:
    unread = errors(read.root)
    if not unread:
        return
    lost = sum(len(read.text[start:end].split()) for start, end in unread)
    words = len(read.text.split())
    if lost * 100 > words * percent:
        raise UnreadError(f"the grammar does not read {lost} of {words} words")


def _clear(node: Node, unread: Sequence[tuple[int, int]]) -> bool:
    """Whether a node neither holds nor is part of what the grammar does not understand."""
    if not unread:
        return True
    at = node.range()
    return not any(start < at.end.index and at.start.index < end for start, end in unread)


def _without_comments(text: str, language: str) -> str:
    grammar, root = parsed(text, language)
    kinds = structures(language, grammar)
    parts, after = [], 0
    for node in root.find_all(kinds.texts):
        at = node.range()
        if node.kind() not in kinds.strings and at.start.index >= after:
            blank = "".join(c if c == "\n" else " " for c in text[at.start.index : at.end.index])
            parts += [text[after : at.start.index], blank]
            after = at.end.index
    return "".join([*parts, text[after:]])
