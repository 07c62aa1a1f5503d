"""The contract as the rest of the program knows it: frozen, complete, checked.

The file's format stands in ``contract_format``, its reading and its error texts in
``contract_file``; both are imported on demand, because they bring pydantic and ruamel.yaml.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Literal

from quality.catalogue.gate_rules import GateRuleKind
from quality.catalogue.indicators import Indicator
from quality.contract.terms import Terms
from quality.errors import UsageError

FORMAT = "workmanship.contract/1"
DISPUTE_DAYS = 30
TEMPLATE = (resources.files("quality.contract") / "template.yaml").read_text("utf-8")

_TRANSPORT = re.compile(r"(?:https|ssh|file)://")
_SCP = re.compile(r"[^/]+:")  # git@host:path: a colon before the first slash
_CREDENTIALS = re.compile(r"^(https?://)[^/]*@")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a contract file. Line and column are 1-based; ``key`` is dotted."""

    file: str
    line: int
    column: int
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.key}: {self.message}"


class ContractError(UsageError):
    """A contract that cannot be used; its text is a line for each of its ``problems``."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class RepositorySource:
    """A repository of the supplier's: where it lies and which branch is delivered.

    ``url`` may carry a credential, so it is left out of the repr; no message may show it.
    """

    name: str
    url: str = field(repr=False)
    branch: str

    def source(self, contract_path: Path) -> str:
        """The URL as git takes it: a path is made absolute, from the contract file's folder."""
        if _TRANSPORT.match(self.url) or _SCP.match(self.url):
            return self.url
        base = contract_path.absolute().parent
        return os.path.normpath(base / Path(self.url).expanduser())

    def address(self, contract_path: Path) -> str:
        """``source`` without credentials: what may be stored and shown."""
        return _CREDENTIALS.sub(r"\1", self.source(contract_path))


@dataclass(frozen=True, slots=True)
class FilePatterns:
    """Gitignore-style patterns that take files out of the production code, by class."""

    tests: tuple[str, ...] = (
        "**/test/**", "**/tests/**", "**/Tests/**", "**/__tests__/**", "**/testdata/**",
        "**/androidTest/**", "**/*.Tests/**",
        "**/test_*.py", "**/*_test.py", "**/conftest.py", "**/*_test.go",
        "**/*.test.*", "**/*.spec.*", "**/*_spec.rb", "**/*_test.rb",
        "**/*Test.java", "**/*Tests.java", "**/*Test.kt", "**/*Tests.cs", "**/*Test.php",
        "**/*Tests.swift", "**/*_test.cc", "**/*_test.cpp", "**/*_unittest.cc",
    )  # fmt: skip
    generated: tuple[str, ...] = (
        "**/*_pb2.py", "**/*_pb2_grpc.py", "**/*.pb.go", "**/*.pb.cc", "**/*.pb.h",
        "**/*.g.cs", "**/*.g.i.cs", "**/*.designer.cs", "**/*.Designer.cs",
        "**/*.generated.*", "**/*_generated.*", "**/zz_generated.*", "**/moc_*.cpp",
        "**/generated-sources/**",
    )  # fmt: skip
    vendored: tuple[str, ...] = (
        "**/vendor/**", "**/_vendor/**", "**/node_modules/**", "**/bower_components/**",
        "**/third_party/**", "**/third-party/**", "**/thirdparty/**", "**/site-packages/**",
        "**/Pods/**", "**/*.min.js",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """A promise about one indicator. ``parameters`` are complete, defaults filled in.

    A critical level has both limits. A key level may have none, or ``expected`` alone: then it
    is never failed. ``expected`` is None only where ``minimum`` is. Its value is unknown where the
    denominator is below ``minimum_sample``.
    """

    id: str
    name: str
    level_class: Literal["critical", "key"]
    indicator: Indicator
    parameters: tuple[tuple[str, int], ...]
    expected: Decimal | None
    minimum: Decimal | None
    scope: Literal["contract", "each-repository"]
    minimum_sample: int | None = None


@dataclass(frozen=True, slots=True)
class GateRule:
    """A rule of the merge gate, with the one threshold its kind takes (no_worse takes none).

    ``rules`` (findings.new): ids of the recipe's rules, or its lists "errors" and "warnings";
    empty means both lists. ``reason`` is why the customer asks for it ("" if he does not say).
    """

    id: str
    kind: GateRuleKind
    at_most: Decimal | None
    at_least: Decimal | None
    rules: tuple[str, ...]
    indicator: Indicator | None
    parameters: tuple[tuple[str, int], ...]
    reason: str

    @property
    def rule(self) -> str:
        """The rule's name in the contract, such as ``function.ccn``."""
        return self.kind.id


@dataclass(frozen=True, slots=True)
class ExcusalLimits:
    """How much may be excused; None: without limit. ``days_per_year``: distinct days of a calendar
    year that events may cover, the customer's own delays apart. ``accepted_debt``: entries that
    may be in force at once."""

    days_per_year: int | None = None
    accepted_debt: int | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract, one a supplier. Both days of the term belong to it.

    ``minimum_measured``: percent of the production bytes that must be measured, or values are
    unknown. ``digest`` names what was agreed, see ``contract_file``.
    """

    id: str
    customer: str
    supplier: str
    starts: date
    ends: date
    period: Literal["quarter", "month"]
    timezone: str
    recipe: str
    minimum_measured: Decimal
    repositories: tuple[RepositorySource, ...]
    files: FilePatterns
    service_levels: tuple[ServiceLevel, ...]
    gate: tuple[GateRule, ...]
    path: Path
    digest: str
    amends: str = ""  # the id of the contract that this one amends; "": it is no amendment
    effective: date | None = None  # the first day of the amendment
    dispute_days: int = DISPUTE_DAYS  # days after a period's end in which it may be disputed
    excusals: ExcusalLimits = ExcusalLimits()
    terms: Terms | None = None  # money and other consequences; None: the contract states none


def load_contract(path: Path) -> Contract:
    """Read and check a contract file (ContractError with every problem in it)."""
    from quality.contract.file import read_bytes

    return parse_contract(read_bytes(path), path)


def parse_contract(content: bytes, path: Path) -> Contract:
    """Check a contract's bytes; ``path`` is where they came from (ContractError)."""
    from quality.contract.file import build

    return build(content, path)


def contract_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of the contract file, for editors and other checkers."""
    from quality.contract.schema import schema

    return schema()
