"""What a contract file becomes: the contract, its digest, and the schema of its format."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pathspec import GitIgnoreSpec
from pydantic import ValidationError

from quality.catalogue.gate_rules import GATE_RULES
from quality.catalogue.indicators import INDICATORS
from quality.contract.file import load_contract
from quality.contract.schema import contract_schema
from quality.contract.sections.gate_rules import GateRule
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.repositories import FilePatterns, Repository
from quality.contract.template import TEMPLATE
from quality.contract.text.yaml import read_yaml
from tests.quality.contracts import PATH, SMALL, parse, problems, small

SHARE = "complexity.nloc_share"

# ---------------------------------------------------------------- what a contract becomes


def test_a_contract_is_read_completely():
    contract = parse(SMALL)
    assert (contract.id, contract.customer, contract.supplier) == (
        "ACME-2026-01", "Northwind Retail", "Acme Software",
    )  # fmt: skip
    assert (contract.starts, contract.ends) == (date(2026, 1, 1), date(2027, 12, 31))
    assert (contract.period, contract.timezone) == ("quarter", "Europe/Berlin")
    assert (contract.recipe, contract.minimum_measured) == ("2026.2", Decimal(95))
    assert contract.files == FilePatterns()
    assert contract.path == PATH
    (level,) = contract.service_levels
    assert (level.id, level.name) == ("TQ-1", "Code in overly complex functions")
    assert (level.level_class, level.scope) == ("critical", "contract")
    assert level.indicator is INDICATORS["complexity.nloc_share"]
    assert level.parameters == (("above", 20),)
    assert (level.expected, level.minimum) == (Decimal(5), Decimal(8))
    (rule,) = contract.gate
    assert (rule.id, rule.rule, rule.at_most) == ("G-1", "function.ccn", Decimal(15))
    assert (rule.at_least, rule.rules, rule.indicator, rule.parameters) == (None, (), None, ())
    with pytest.raises(ValidationError, match="frozen"):
        contract.id = "other"


def test_the_template_is_a_valid_contract(tmp_path):
    path = tmp_path / "new.contract.yaml"
    path.write_text(TEMPLATE, encoding="utf-8")
    contract = load_contract(path)
    assert contract.files == FilePatterns(), "init writes the defaults"
    assert {level.level_class for level in contract.service_levels} == {"critical", "key"}
    assert len({level.indicator.id for level in contract.service_levels}) >= 6
    assert {rule.rule for rule in contract.gate} >= {"function.ccn", "findings.new", "no_worse"}


def test_numbers_are_exact():
    level = parse(small(("expected: 5", "expected: 0.1"), ("minimum: 8", "minimum: 1e1")))
    assert level.service_levels[0].expected == Decimal("0.1")
    assert str(level.service_levels[0].minimum) == "10"
    assert str(parse(small(("expected: 5", "expected: 5.50"))).service_levels[0].expected) == "5.5"


def test_left_out_limits():
    (level,) = parse(small(("    expected: 5\n", ""))).service_levels
    assert (level.expected, level.minimum) == (Decimal(8), Decimal(8))
    key = small(("class: critical", "class: key"), ("    minimum: 8\n", ""))
    (level,) = parse(key).service_levels
    assert (level.expected, level.minimum) == (Decimal(5), None)
    (level,) = parse(key.replace("    expected: 5\n", "")).service_levels
    assert (level.expected, level.minimum) == (None, None)


def test_parameters_have_their_defaults():
    text = small(("complexity.nloc_share\n    above: 20", "duplication.share"))
    assert parse(text).service_levels[0].parameters == (("lines", 6),)


def test_a_ratio_may_be_more_than_the_whole():
    text = small(
        ("complexity.nloc_share\n    above: 20", "tests.ratio"), ("expected: 5", "expected: 120")
    )
    assert parse(text).service_levels[0].expected == Decimal(120)


def test_every_indicator_can_be_a_service_level():
    """The keys of a level cover every parameter of the catalogue."""
    for indicator in INDICATORS.values():
        assert (
            not indicator.parameter
            or {indicator.parameter.name} <= ServiceLevel.model_fields.keys()
        )
        judged = indicator.parameter and not indicator.of
        assert not judged or {indicator.parameter.name} <= GateRule.model_fields.keys()
        given = {"language": "python"}
        taken = indicator.parameter and indicator.parameter.name
        above = f"    {taken}: {given.get(taken, 20)}\n" if taken else ""
        baseline = ("service_levels:", "baseline: {tag: v1.0}\nservice_levels:")
        text = small(baseline) if indicator.since else SMALL
        text = text[: text.index("  - id: TQ-1")]
        above += "    service: shop\n" * ("service" in indicator.selects)
        text += f"  - id: A\n    class: key\n    indicator: {indicator.id}\n{above}"
        if indicator.records:
            source = "{name: a, repository: billing, path: a.xml, declared_by: supplier}"
            text += f"{indicator.records}:\n  - {source}\n"
        if indicator.of:
            source = (
                f"{{name: a, kind: {indicator.of}, format: csv, file: a, declared_by: supplier}}"
            )
            text += f"sources:\n  - {source}\n"
            text += "defects: {escaped: {field: type, values: [Production]}}\n"
        assert parse(text).service_levels[0].indicator is indicator


def test_every_gate_rule_can_be_used():
    text = SMALL[: SMALL.index("gate:")] + "gate:\n"
    for kind in GATE_RULES.values():
        needs = f"    {kind.threshold}: 3\n" if kind.threshold and kind.default is None else ""
        needs += "    indicator: duplication.share\n" if kind.id == "no_worse" else ""
        text += f"  - id: {kind.id}\n    rule: {kind.id}\n{needs}"
    gate = {rule.rule: rule for rule in parse(text).gate}
    assert list(gate) == list(GATE_RULES)
    assert gate["findings.new"].at_most == 0
    assert gate["tests.ratio"].at_least == 3
    assert gate["no_worse"].parameters == (("lines", 6),)


def test_yaml_is_read_as_1_2():
    contract = parse(small(("Northwind Retail", "NO"), ("Acme Software", "on")))
    assert (contract.customer, contract.supplier) == ("NO", "on")
    assert parse(small(("above: 20", "above: 010"))).service_levels[0].parameters == (
        ("above", 10),
    )
    assert parse(small(("above: 20", "above: 0o17"))).service_levels[0].parameters == (
        ("above", 15),
    )
    assert parse(small(("starts: 2026-01-01", 'starts: "2026-01-01"'))).starts == date(2026, 1, 1)
    assert parse(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()).digest


def test_a_name_may_be_in_any_script():
    assert parse(small(("Acme Software", "株式会社アクメ & Søns — “A/S” 🏗️"))).supplier.startswith(
        "株"
    )


# ---------------------------------------------------------------- the digest


def test_the_digest_covers_what_was_agreed():
    digest = parse(SMALL).digest
    assert re.fullmatch("sha256:[0-9a-f]{64}", digest)
    same = small(
        ("expected: 5", "expected: 5.0   # percent"),
        ("    class: critical\n", "    scope: contract\n    class: critical\n"),
        ('recipe: "2026.2"', "recipe: '2026.2'\n  minimum_measured: 95"),
        ("https://git", "https://bob:s3cret@git"),
    )
    assert parse(same).digest == digest
    assert parse(small(("    expected: 5\n", ""))).digest == parse(small(("d: 5", "d: 8"))).digest
    for change in (("minimum: 8", "minimum: 8.1"), ("branch: main", "branch: next"),
                   ("above: 20", "above: 21"), ("at_most: 15", "at_most: 16"),
                   ("gate:", "files: {tests: []}\ngate:")):  # fmt: skip
        assert parse(small(change)).digest != digest, change


# ---------------------------------------------------------------- repositories


@pytest.mark.parametrize(
    "url",
    [
        "https://git.acme.example:8443/a/b.git", "https://[::1]/x", "ssh://git@host/x.git",
        "git@host:acme/x.git", "file:///srv/git/x.git", "host:x",
    ],
)  # fmt: skip
def test_a_url_is_taken_as_it_is(url):
    (repository,) = parse(small(("https://git.acme.example/billing.git", url))).repositories
    assert repository.source(Path("/contracts/a.yaml")) == url


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("../mirror/billing", "/srv/mirror/billing"),
        ("./billing.git", "/srv/contracts/billing.git"),
        ("billing", "/srv/contracts/billing"),
        ("/data/billing", "/data/billing"),
        ("~/billing", "/home/ann/billing"),
        ("a/b:c", "/srv/contracts/a/b:c"),
    ],
)
def test_a_path_starts_at_the_contract(url, source, monkeypatch):
    monkeypatch.setenv("HOME", "/home/ann")
    repository = Repository(name="billing", url=url, branch="main")
    assert repository.source(Path("/srv/contracts/a.yaml")) == source
    monkeypatch.chdir("/usr")
    assert Repository(name="b", url="x", branch="main").source(Path("a.yaml")) == "/usr/x"


# ---------------------------------------------------------------- file patterns and schema


@pytest.mark.parametrize(
    ("path", "file_class"),
    [
        ("tests/a.py", "tests"), ("src/test/java/A.java", "tests"), ("pkg/a_test.go", "tests"),
        ("web/a.spec.ts", "tests"), ("web/__tests__/a.js", "tests"), ("conftest.py", "tests"),
        ("test_a.py", "tests"), ("Acme.Tests/A.cs", "tests"), ("app/src/jvmTest/A.kt", "tests"),
        ("api/v1_pb2.py", "generated"), ("api/v1.pb.go", "generated"),
        ("Form.Designer.cs", "generated"), ("zz_generated.deepcopy.go", "generated"),
        ("vendor/x/a.go", "vendored"), ("web/node_modules/x/a.js", "vendored"),
        ("pip/_vendor/a.py", "vendored"), ("static/jquery.min.js", "vendored"),
        ("src/contest.py", ""), ("src/latest/a.py", ""), ("src/attest.py", ""),
        # a name is no proof: production code may be called so
        ("src/latest_test.py", ""), ("src/speed_test.cc", ""), ("src/LoadTest.java", ""),
        ("lib/load_test.rb", ""), ("src/SmokeTests.cs", ""), ("conf/settings.test.py", ""),
        ("api/v1_pb2.pyi", "generated"), ("Acme/Migrations/2026_Init.Designer.cs", "generated"),
        ("Acme/Migrations/AcmeModelSnapshot.cs", "generated"), ("a_generated.go", "generated"),
        ("Acme/Migrations/2026_Init.cs", ""), ("gradlew", "vendored"),
        ("src/vendors.py", ""), ("src/generator.py", ""), ("src/protest/a.py", ""),
    ],
)  # fmt: skip
def test_the_default_patterns(path, file_class):
    patterns = FilePatterns()
    classes = [
        name
        for name in ("tests", "generated", "vendored")
        if GitIgnoreSpec.from_lines(getattr(patterns, name)).match_file(path)
    ]
    assert classes == ([file_class] if file_class else [])


def as_json(text: str) -> object:
    """A contract's text as an editor hands it to a JSON Schema validator."""
    return json.loads(json.dumps(read_yaml(text).data, default=float))


def test_the_schema_accepts_what_is_valid():
    schema = contract_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for text in (SMALL, TEMPLATE):
        assert list(validator.iter_errors(as_json(text))) == []
    level = schema["$defs"]["ServiceLevel"]["properties"]
    assert level["indicator"]["enum"] == list(INDICATORS)
    assert all("description" in each for each in level.values()), (
        "every key is explained in the editor"
    )


@pytest.mark.parametrize(
    "change",
    [
        ("supplier:", "suplier:"), ("quarter", "week"), ("TQ-1", "T Q"), (SHARE, "bugs"),
        ("    above: 20\n", ""), ("above: 20", "above: 20\n    lines: 6"),
        ("above: 20", "above: -1"), ("    minimum: 8\n", ""), ("minimum: 8", "minimum:"),
        ("minimum: 8", "minimum: '8'"),
        (SHARE, "size.nloc"), ("    at_most: 15\n", ""),
        ("function.ccn\n    at_most: 15", "no_worse"), ('"2026.2"', "2026.2"),
        ("contract/1", "contract/2"),
    ],
)  # fmt: skip
def test_the_schema_rejects_what_is_wrong(change):
    text = small(change)
    assert problems(text)
    assert not Draft202012Validator(contract_schema()).is_valid(as_json(text))


def test_a_repository_may_say_where_people_see_its_lines() -> None:
    web = "https://git.acme.example/billing/{path}?at={commit}#{line}"
    stated = parse(small(("branch: main", f"branch: main\n    web: {web!r}")))
    assert stated.repositories[0].web == web
    assert (stated.digest, stated.stated) == (parse(SMALL).digest, parse(SMALL).stated)
    assert problems(small(("branch: main", "branch: main\n    web: http://h/{path}{commit}"))) == [
        "15:10: repositories[0].web: is not an https address in printable ASCII "
        "without a user name: write one such as https://host/{path}?at={commit}#{line}"
    ]
