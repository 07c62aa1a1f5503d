"""The contract's format as JSON Schema, so that an editor can complete and check it."""

from collections.abc import Iterator
from typing import Any

from quality.catalogue.gate_rules import GATE_RULES
from quality.catalogue.indicators import INDICATORS
from quality.contract.contract import ContractFile
from quality.contract.credit_kinds import CREDIT_KINDS
from quality.contract.sections.baselines import KINDS


def contract_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of the contract file, with what the catalogue demands."""
    result: dict[str, Any] = ContractFile.model_json_schema(by_alias=True)
    sections = result["$defs"]
    sections["ServiceLevel"]["allOf"] = [*_parameters(), _key_only(), _critical()]
    sections["GateRule"]["allOf"] = list(_thresholds())
    sections["Baseline"]["oneOf"] = [{"required": [kind]} for kind in KINDS]
    sections["CreditRule"]["properties"]["kind"] |= {
        "enum": list(CREDIT_KINDS),
        "description": "; ".join(f"{kind.id}: {kind.says}" for kind in CREDIT_KINDS.values()),
    }
    _drop_none(result)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **result,
        "title": "Workmanship contract",
    }


def _parameters() -> Iterator[dict[str, object]]:
    """What the catalogue says of each indicator's own number."""
    for name in sorted({i.parameter.name for i in INDICATORS.values() if i.parameter}):
        takes = [i for i in INDICATORS.values() if i.parameter and i.parameter.name == name]
        for indicator in takes:
            assert indicator.parameter  # noqa: S101 - chosen above
            if indicator.parameter.optional:
                continue
            demand: dict[str, object] = {
                "properties": {name: {"minimum": indicator.parameter.at_least}}
            }
            if indicator.parameter.default is None:
                demand["required"] = [name]
            yield _when("indicator", [indicator.id], demand)
        others = [id for id in INDICATORS if INDICATORS[id] not in takes]
        yield _when("indicator", others, {"properties": {name: False}})
    for name in sorted({name for each in INDICATORS.values() for name in each.selects}):
        others = [each.id for each in INDICATORS.values() if name not in each.selects]
        yield _when("indicator", others, {"properties": {name: False}})


def _key_only() -> dict[str, object]:
    ids = [indicator.id for indicator in INDICATORS.values() if indicator.key_only]
    return _when("indicator", ids, {"properties": {"class": {"const": "key"}}})


def _critical() -> dict[str, object]:
    return _when("class", ["critical"], {"required": ["minimum"]})


def _thresholds() -> Iterator[dict[str, object]]:
    for kind in GATE_RULES.values():
        if kind.threshold and kind.default is None:
            yield _when("rule", [kind.id], {"required": [kind.threshold]})
    compared = [kind.id for kind in GATE_RULES.values() if "indicator" in kind.takes]
    yield _when("rule", compared, {"required": ["indicator"]})


def _when(key: str, values: list[str], demand: dict[str, object]) -> dict[str, object]:
    found = {"properties": {key: {"enum": values}}, "required": [key]}
    return {"if": found, "then": demand}


def _drop_none(node: object) -> None:
    """Leave out null, and the defaults null and "": a key without a value is an error."""
    if isinstance(node, dict):
        if node.get("default", 0) in (None, ""):
            del node["default"]
        if (kinds := node.get("anyOf")) and {"type": "null"} in kinds:
            (kind,) = (each for each in kinds if each != {"type": "null"})
            del node["anyOf"]
            node |= kind
        for child in node.values():
            _drop_none(child)
    elif isinstance(node, list):
        for child in node:
            _drop_none(child)
