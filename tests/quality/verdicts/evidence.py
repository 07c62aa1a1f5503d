"""Code that grows from period to period, and how tests read what stands behind a value."""

from __future__ import annotations

LEVELS = (
    "{id: F, name: f, class: critical, indicator: complexity.nloc_share, above: 3, "
    "expected: 20, minimum: 40}",
    "{id: D, name: d, class: critical, indicator: duplication.share, lines: 3, "
    "expected: 10, minimum: 30}",
    "{id: E, name: e, class: critical, indicator: errors.density, expected: 0.1, minimum: 20}",
    "{id: S, name: s, class: key, indicator: suppressions.density, expected: 0, minimum: 1}",
    "{id: M, name: m, class: key, indicator: complexity.max, expected: 4, minimum: 6}",
)


def branchy(name: str, ifs: int, plain: int = 0) -> str:
    """A function of CCN 1 + ``ifs`` and 2 + 2 x ``ifs`` + ``plain`` NLOC; no two share a line
    of their own."""
    body = "".join(f"    if {name} == {n}:\n        {name} += {n}{n}\n" for n in range(ifs))
    more = "".join(f"    {name}{n} = {name} + {n}\n" for n in range(plain))
    return f"def {name}({name}):\n{body}{more}    return [{name}]\n"


def pads(number: int) -> str:
    return "".join(f"def pad{n}():\n    return {n}\n" for n in range(number))
