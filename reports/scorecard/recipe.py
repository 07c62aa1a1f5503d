"""A measurement recipe as text or JSON: what was measured with, and why each rule counts or not."""

from collections.abc import Mapping
from dataclasses import asdict

from quality.model.canonical import indented
from quality.model.recipe import Recipe
from reports.scorecard.terminal import table
from reports.shared import plain

LISTS = (
    ("errors", "error rules: errors.density"),
    ("warnings", "warning rules: warnings.density"),
    ("excluded", "excluded rules: never counted"),
)


LookedFor = Mapping[str, tuple[int, ...]]  # CWE numbers by language


def text(recipe: Recipe, looked_for: LookedFor, weaknesses: int) -> str:
    """Tools, limits, the rules of each list with their reasons, and how many of so many weaknesses
    of ISO/IEC 5055 a rule looks for."""
    parts = [
        f"recipe {recipe.id}  {recipe.digest}\n",
        table(("tool", "version"), recipe.tools),
        table(("limit", "value"), tuple(asdict(recipe.limits).items())),
        table(("analyzer", "revision", "tools"), [
            (part.name, part.revision, ", ".join(f"{name} {v}" for name, v in part.tools))
            for part in recipe.parts
        ]),
    ]  # fmt: skip
    for name, title in LISTS:
        rules = recipe.listed(name)
        rows = [(r.analyzer, r.id, r.symbol, r.severity, r.cwe or None, r.reason) for r in rules]
        head = ("analyzer", "rule", "symbol", "severity", "cwe", "reason")
        parts.append(f"{title} ({len(rules)})\n" + table(head, rows))
    parts.append(
        "weaknesses of ISO/IEC 5055 (CWE view 1305) that a rule looks for in some form\n"
        + table(("language", "weaknesses", "CWE"), [
            (language, f"{len(found)} of {weaknesses}", " ".join(map(str, found)))
            for language, found in looked_for.items()
        ])
    )  # fmt: skip
    return "\n".join(parts)


def as_json(recipe: Recipe, looked_for: LookedFor, weaknesses: int) -> str:
    """``workmanship.recipe/1``: sorted keys, the same bytes in every run."""
    content = {
        **plain.recipe(recipe),
        "format": "workmanship.recipe/1",
        "limits": plain.plain(recipe.limits),
        "analyzers": {
            part.name: {"revision": part.revision, "tools": dict(part.tools), "digest": part.digest}
            for part in recipe.parts
        },
        "iso5055": {
            "weaknesses": weaknesses,
            "looked_for": {language: list(found) for language, found in looked_for.items()},
        },
        "rules": {name: [plain.plain(rule) for rule in recipe.listed(name)] for name, _ in LISTS},
    }
    return indented(content)
