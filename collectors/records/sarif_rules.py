"""The rules of a SARIF run: numbered as results name them, their levels and weaknesses known at its
end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from collectors.records.shapes import a_dict, a_list, a_text
from collectors.records.text import UnreadableError, line_of
from quality.model.reports import Grade, ReportRule

RULES = 100_000  # of a run
DEFAULT: Grade = "warning"  # of a result that neither it nor its rule states (3.27.10)
_GRADES: dict[object, Grade] = {"error": "error", "warning": "warning", "note": "note"}
_CWE = re.compile(r"(?<![a-z])cwe[-_:/ ]{0,3}0{0,4}([1-9]\d{0,4})(?!\d)", re.I)

_Key = tuple[str, int, int, tuple[int, ...]]  # id, index, component, weaknesses of the result


def grade(level: object) -> Grade | None:
    """A level as a result or rule states it; None: it states none that is known."""
    return _GRADES.get(level) if isinstance(level, str) else None


class Rules:
    """The rules that the results of a run name."""

    def __init__(self, run: int) -> None:
        self._run = run
        self._numbers: dict[_Key, int] = {}

    def number(self, result: dict[str, Any]) -> int:
        """The number of a result's rule."""
        rule = a_dict(result.get("rule"))
        component = a_dict(rule.get("toolComponent")).get("index")
        index = result.get("ruleIndex", rule.get("index"))
        key = (
            a_text(result.get("ruleId")) or a_text(rule.get("id")),
            index if isinstance(index, int) else -1,
            component if isinstance(component, int) else -1,
            _own_weaknesses(result),
        )
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self._numbers)
            if found == RULES:
                raise UnreadableError(f"it names more than {RULES:,} rules")
        return found

    def rows(self, head: dict[str, Any]) -> Iterator[ReportRule]:
        """Each of them; ``head``: the run without its results."""
        tool = a_dict(head.get("tool"))
        components = [
            a_dict(each) for each in [tool.get("driver"), *a_list(tool.get("extensions"))]
        ]
        known = [_Component(each) for each in components]
        overrides = dict(_overrides(head))
        for (id_, index, component, cwes), number in self._numbers.items():
            holder = known[component + 1] if 0 <= component + 1 < len(known) else known[0]
            rule = holder.rule(id_, index)
            name = id_ or a_text(rule.get("id"))
            stated = a_dict(rule.get("defaultConfiguration")).get("level")
            level = overrides.get(name) or grade(stated) or DEFAULT
            level = "none" if stated == "none" and name not in overrides else level
            found = {*cwes, *_weaknesses(rule, head)}
            yield ReportRule(self._run, number, line_of(name, 200), level, tuple(sorted(found)))


class _Component:
    """The rules of a tool's driver or extension, by index and id."""

    def __init__(self, component: dict[str, Any]) -> None:
        self._rules = [a_dict(each) for each in a_list(component.get("rules"))]
        self._by_id = {a_text(each.get("id")): each for each in reversed(self._rules)}

    def rule(self, id_: str, index: int) -> dict[str, Any]:
        """The rule that a result names by either; {}: it is not described."""
        if 0 <= index < len(self._rules):
            return self._rules[index]
        while id_ and id_ not in self._by_id and "/" in id_:  # CA5350/md5 is one of CA5350's
            id_ = id_.rpartition("/")[0]
        found: dict[str, Any] = self._by_id.get(id_, {})
        return found


def _overrides(head: dict[str, Any]) -> Iterator[tuple[str, Grade]]:
    """The levels that the run's configuration gave to rules, by their ids."""
    for invocation in a_list(head.get("invocations")):
        for each in a_list(a_dict(invocation).get("ruleConfigurationOverrides")):
            id_ = a_text(a_dict(a_dict(each).get("descriptor")).get("id"))
            level = grade(a_dict(a_dict(each).get("configuration")).get("level"))
            if id_ and level:
                yield id_, level


def _own_weaknesses(result: dict[str, Any]) -> tuple[int, ...]:
    if "taxa" not in result and "properties" not in result:
        return ()
    taxa = (_of_taxonomy(a_dict(each), {}) for each in a_list(result.get("taxa")))
    found = {number for numbers in taxa for number in numbers}
    return tuple(sorted(found | set(_of_properties(a_dict(result.get("properties"))))))


def _weaknesses(rule: dict[str, Any], head: dict[str, Any]) -> Iterator[int]:
    for each in a_list(rule.get("relationships")):
        yield from _of_taxonomy(a_dict(a_dict(each).get("target")), head)
    yield from _of_properties(a_dict(rule.get("properties")))


def _of_taxonomy(target: dict[str, Any], head: dict[str, Any]) -> Iterator[int]:
    """The weakness that a taxon of the CWE is: 79, or CWE-79."""
    component = a_dict(target.get("toolComponent"))
    name, index = a_text(component.get("name")), component.get("index")
    taxonomies = a_list(head.get("taxonomies"))
    if not name and isinstance(index, int) and 0 <= index < len(taxonomies):
        name = a_text(a_dict(taxonomies[index]).get("name"))
    id_ = a_text(target.get("id"))
    if name.upper() == "CWE" and id_.isdecimal() and len(id_) <= 5:
        yield int(id_)
    else:
        yield from _named(id_)


def _of_properties(properties: dict[str, Any]) -> Iterator[int]:
    """What tags and properties of the usual names say: external/cwe/cwe-079, CWE-79: ...."""
    for key in ("tags", "cwe", "cwes"):
        value = properties.get(key)
        for each in [value] if isinstance(value, str) else a_list(value):
            yield from _named(a_text(each))


def _named(text: str) -> Iterator[int]:
    yield from (int(each) for each in _CWE.findall(text[:200]))
