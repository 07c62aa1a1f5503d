"""Each indicator's row names what there is."""

import re

import pytest

from quality.catalogue.gate_rules import GATE_RULES
from quality.catalogue.indicators import INDICATORS, Indicator
from quality.catalogue.recipes import load_recipe
from quality.model.recipe import FINDERS
from quality.store.definitions import SQL

PARTS = {part.name for part in load_recipe("2026.2").parts}


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS)
def test_a_row_names_its_sql_its_analyzers_and_what_stands_against_its_exploit(
    indicator: Indicator,
) -> None:
    macro = (SQL / "indicators" / f"{indicator.macro}.sql").read_text("utf-8")
    own = [indicator.parameter.name] if indicator.parameter else []
    taken = {*own, *indicator.selects}
    head = re.search(rf"temp macro {indicator.macro}\(([\w, ]*|\w+ := null)\) as table", macro)
    assert head  # an argument with a default is asked for by a guard, never by a contract
    asked = [each for each in head.group(1).split(", ") if each.isidentifier()]
    assert len(asked) == len(taken)
    query = (SQL / "explain" / f"{indicator.query}.sql").read_text("utf-8")
    given = {name for name, _ in indicator.fixed} | taken
    read = set(re.findall(r"\$(\w+)", query.partition("\n")[2]))
    assert read <= given if indicator.of else read == given  # the same rows for several values
    assert PARTS.issuperset({*indicator.analyzers} - {FINDERS})
    assert indicator.within in {*indicator.analyzers, ""}
    if indicator.exploit:
        assert set(indicator.exploit.beside) <= {*INDICATORS, *GATE_RULES, ""}
