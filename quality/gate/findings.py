"""The gate rules that count what the base does not have: findings, weaknesses among them, and
directives against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from quality.contract.sections.gate_rules import GateRule
from quality.gate.change import Change, named
from quality.gate.comparison import Comparison
from quality.gate.new import compare
from quality.gate.results import RuleResult
from quality.model.facts import Finding, Suppression
from quality.model.gate import GateHit
from quality.model.recipe import FINDERS, SEVERITIES, Recipe, Rule
from quality.model.repository import TreeFile

Items = list[tuple[Hashable, GateHit]]  # of a file: what makes two the same, and what shows one


def findings(rule: GateRule, comparison: Comparison) -> RuleResult:
    """findings.new: distinct (line, rule) of the recipe's rules that the base does not have, by
    rule and context. What a directive would hide counts."""
    chosen = set(rule.rules) or {"errors", "warnings"}
    return _found(rule, comparison, lambda each: bool({each.id, each.list} & chosen))


def security(rule: GateRule, comparison: Comparison) -> RuleResult:
    """security.new: the same for what the recipe's security list names."""
    return _found(rule, comparison, weakness)


def weakness(rule: Rule) -> bool:
    """Whether what a rule reports counts as a weakness."""
    return rule.security and rule.counts


def _found(rule: GateRule, comparison: Comparison, counts: Callable[[Rule], bool]) -> RuleResult:
    recipe = comparison.facts.recipe
    if rule.language and not any(part.reads(rule.language) for part in recipe.finders):
        heads = [each.head for each in comparison.change.production]
        if blind := sorted(each.path for each in heads if each.language == rule.language):
            return RuleResult(None, False, unknown=(
                f"no error analyzer on this machine reads {rule.language}, see "
                f"`workmanship doctor`: {named(blind)}"
            ))  # fmt: skip

    def asked(each: Rule) -> bool:
        severe = not rule.severity or each.severity in rule.severity
        return severe and counts(each) and (not rule.cwe or each.cwe in rule.cwe)

    return _counted(rule, against_base(comparison, asked, rule.language))


def against_base(
    comparison: Comparison, counts: Callable[[Rule], bool], language: str | None
) -> list[GateHit]:
    """What the rules that count find in the changed files of a language (None: of all), each with
    whether it is new."""
    recipe = comparison.facts.recipe
    wanted = {each.id: each for each in recipe.rules if counts(each)}
    finders = tuple(part.name for part in recipe.finders)

    def items(file: TreeFile) -> Items:
        found: dict[tuple[int, str], Finding] = {}
        if language and file.language != language:
            return []
        for name in finders:
            for row in comparison.facts.rows(file, name, Finding):
                if row.rule in wanted and wanted[row.rule].judges(file.path):
                    found.setdefault((row.line, row.rule), row)
        return [
            ((row.rule, row.context), hit(file, row))
            for (line, rule), row in sorted(found.items())
            if not any((line, other) in found for other in wanted[rule].yields)
        ]

    def hit(file: TreeFile, row: Finding) -> GateHit:
        hidden = " (a directive tries to hide it)" if row.hidden else ""
        of = wanted[row.rule]
        name = row.rule if row.rule == of.symbol else f"{row.rule} {of.symbol}"
        return GateHit(
            file.path, row.line, row.line, row.rule, of.symbol, f"{name}: {row.message}{hidden}",
            f"{row.context:016x}",
            list=of.list, severity=of.severity, cwe=of.cwe, security=of.security,
        )  # fmt: skip

    return _items(comparison, finders, items)


def unsearched(rules: Sequence[GateRule], change: Change, recipe: Recipe) -> Iterator[str]:
    """A note where rules look for errors in files of which no error analyzer reads the language."""
    looking = [rule.id for rule in rules if FINDERS in rule.kind.analyzers and not rule.language]
    languages = dict[str, list[str]]()
    for each in change.production:
        language = each.head.language or ""
        if not any(part.reads(language) for part in recipe.finders):
            languages.setdefault(language, []).append(each.head.path)
    if looking:
        for language, paths in sorted(languages.items()):
            yield (
                f"no error analyzer reads {language}, so {', '.join(looking)} cannot see into "
                f"{named(sorted(paths))}"
            )


def suppressions(rule: GateRule, comparison: Comparison) -> RuleResult:
    """suppressions.new: directives that the base does not have, by tool and text."""
    return _counted(rule, directives(comparison))


def directives(comparison: Comparison) -> list[GateHit]:
    """The directives of the changed files, each with whether it is new."""

    def items(file: TreeFile) -> Items:
        rows = comparison.facts.rows(file, "suppressions", Suppression)
        return [(key(row), hit(file, row)) for row in rows]

    def key(row: Suppression) -> tuple[str, str]:
        return row.tool, " ".join(row.text.casefold().split())

    def hit(file: TreeFile, row: Suppression) -> GateHit:
        title, text = f"directive to {row.tool}", f"asks {row.tool} to look away: {row.text}"
        return GateHit(file.path, row.line, row.line, row.tool, title, text, " ".join(key(row)))

    return _items(comparison, ("suppressions",), items)


def _items(
    comparison: Comparison, analyzers: Sequence[str], items: Callable[[TreeFile], Items]
) -> list[GateHit]:
    """Each changed file's items against its base version, and what is new there against what the
    merge took away elsewhere: code that moved to another file brings nothing new.

    Base versions are measured only where the head has something to compare.
    """

    def keys(file: TreeFile | None) -> Counter[Hashable]:
        return Counter(key for key, _ in items(file)) if file else Counter()

    change, facts = comparison.change, comparison.facts
    heads = {each: items(each.head) for each in change.production}
    bases = [each.base for each, found in heads.items() if found and each.base]
    facts.measure((file, name) for file in bases for name in analyzers)
    kept, new, away = Items(), Items(), Counter[Hashable]()
    for each, found in heads.items():
        if found:
            compared = compare(found, keys(each.base))
            kept += compared.kept
            new += compared.new
            away += compared.left
    if new:
        rest = [each.base for each, found in heads.items() if each.base and not found]
        facts.measure((file, name) for file in (*rest, *change.gone) for name in analyzers)
        for file in (*rest, *change.gone):
            away += keys(file)
    moved = compare(new, away)
    known = [replace(hit, new=False) for _, hit in (*kept, *moved.kept)]
    return [*(hit for _, hit in moved.new), *known]


def _counted(rule: GateRule, hits: list[GateHit]) -> RuleResult:
    def order(hit: GateHit) -> tuple[object, ...]:
        worst = SEVERITIES.index(hit.severity) if hit.severity else 0
        return not hit.new, hit.list != "errors", worst, hit.path, hit.line, hit.rule

    hits.sort(key=order)
    number = sum(each.new for each in hits)
    failed = number > (rule.at_most or 0)
    return RuleResult(Decimal(number), failed, tuple(hits))
