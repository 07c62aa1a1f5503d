"""Sample results of the merge gate by plain constructors: every kind of rule, and hostile text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from quality.catalogue.gate_rules import GATE_RULES
from quality.model.gate import GateHit, GateResult, GateVerdict
from tests.reports.samples import OLD_SHA, RECIPE, SHA

BASE_SHA = "c8e216f1c0de5b3a74f2f9c1be2d0a4479b6d0f3"


def hit(path: str, line: int, rule: str, message: str, **changes: object) -> GateHit:
    """A new place without a number."""
    made = GateHit(
        path=path,
        line=line,
        end_line=line,
        rule=rule,
        title=message,
        message=message,
        number=None,
        limit=None,
        fingerprint=f"{rule}-{path}",
        new=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def verdict(gate_id: str, rule: str, **changes: object) -> GateVerdict:
    """A passed rule: 0, at most 0."""
    made = GateVerdict(
        id=gate_id,
        kind=GATE_RULES[rule],
        parameters=(),
        value=Decimal(0),
        unit="",
        limit=Decimal(0),
        good="low",
        outcome="passed",
        reason="",
        why="",
        hits=(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


TOTAL = hit(
    "billing/invoice.py", 120, "function.ccn", "total: 23 CCN (touched, was 12 in the base)",
    end_line=188, number=23, limit=15, fingerprint="5f0e",
)  # fmt: skip
SPLIT = hit(
    "billing/übung #1.py", 7, "function.ccn", "split: 16 CCN (touched, was 16 in the base)",
    end_line=60, number=16, limit=16, fingerprint="77aa", new=False,
)  # fmt: skip
UNDEFINED = hit(
    "billing/invoice.py",
    131,
    "E0602",
    "E0602 undefined-variable: Undefined variable 'custmer'",
    title="undefined-variable",
    list="errors",
    severity="critical",
    cwe=457,
)
INJECTED = hit(
    "billing/report.py", 40, "S608",
    "S608 hardcoded-sql-expression: Possible SQL injection",
    title="hardcoded-sql-expression",
    list="warnings", severity="major", cwe=89, security=True,
)  # fmt: skip
KNOWN = hit(
    "billing/invoice.py", 9, "E0611", "E0611 no-name-in-module: No name 'x' in module 'y'",
    title="no-name-in-module",
    new=False,
    list="errors", severity="major",
)  # fmt: skip
SYNTAX = hit(
    "billing/legacy.py",
    1,
    "unmeasured.new",
    "radon cannot measure it: invalid syntax, line 3",
    title="cannot be measured",
)

RESULT = GateResult(
    contract_id="ACME-2026-01",
    contract_digest="sha256:9be2d04479b6d0f3c8e216f1c0de5b3a74f2f9c1be2d0a4479b6d0f33d1f0c7a",
    supplier="Acme Software",
    repository="billing",
    base=BASE_SHA,
    merge_base=OLD_SHA,
    head=SHA,
    recipe=RECIPE,
    files=7,
    notes=("this merge changes the CI definition: .github/workflows/ci.yml",),
    verdicts=(
        verdict(
            "G-1", "function.ccn", value=Decimal(23), unit="CCN", limit=Decimal(15),
            outcome="failed",
            why="Functions with more paths cannot be tested completely", hits=(TOTAL, SPLIT),
        ),
        verdict(
            "G-2", "findings.new", value=Decimal(2), unit="findings", outcome="failed",
            hits=(UNDEFINED, INJECTED, KNOWN),
        ),
        verdict("G-3", "suppressions.new", unit="directives"),
        verdict(
            "G-4", "no_worse", parameters=(("above", 20),), value=Decimal("3.9"), unit="percent",
            limit=Decimal("3.2"), outcome="failed",
            reason="code in complex functions (complexity.nloc_share): 3.2 in the base, "
            "3.9 in the head",
        ),
        verdict(
            "G-5", "tests.ratio", value=None, unit="percent", limit=Decimal(60), good="high",
            outcome="unknown", reason="could not see into billing/legacy.py: invalid syntax",
        ),
        verdict(
            "unmeasured.new", "unmeasured.new", value=Decimal(1), unit="files", outcome="failed",
            why="What cannot be measured cannot be judged; on by default", hits=(SYNTAX,),
        ),
    ),
    outcome="unknown",
    command=f"workmanship gate --contract-from {OLD_SHA}:acme.contract.yaml --repository billing "
    f"--base {OLD_SHA} --head {SHA}",
)  # fmt: skip

PASSED = replace(
    RESULT,
    notes=(),
    verdicts=(
        verdict("G-1", "function.ccn", value=Decimal(11), unit="CCN", limit=Decimal(15)),
        verdict("G-2", "findings.new", unit="findings", hits=(KNOWN,)),
    ),
    outcome="passed",
)

NOTHING = replace(PASSED, verdicts=(), files=0)

BREAKERS = (
    "<script>alert(1)</script>",
    "![i](https://evil.example/i.png)",
    "[a](javascript:alert(1))",
    "https://evil.example/?q=1",
    "www.evil.example",
    "mail@evil.example",
    "@octocat",
    "@group/team",
    "#1",
    "GH-1",
    "owner/repo#1",
    "!1 &1 %1 ~bug",
    "6f1c0de5b3a74f2f9c1be2d0a4479b6d0f3c8e21",
    "| a | b |",
    "\\| `x\\`|` ``",
    "```",
    "`",
    "\\",
    "\n\n# heading\n",
    "\r\n::error::x",
    "::stop-commands::x",
    "##[add-mask]x",
    "##vso[task.complete]",
    "%0A::error::x",
    "]]>",
    "<!--",
    "&lt;b&gt;&#64;octocat",
    "\x00\x1b[2J\x9b31m",
    "\u202egnp.exe",
    "\ufffe\uffff",
    "\ud800",
    "{0} {1}",
    "a:b,c=d",
    "$`x`$ :smile: :a:",
    "/close",
    "",
    " ",
)

HOSTILE = st.lists(st.sampled_from(BREAKERS) | st.text(max_size=8), max_size=4).map("".join)

_HITS = st.builds(
    GateHit,
    path=HOSTILE,
    line=st.integers(0, 3),
    end_line=st.integers(0, 5),
    rule=st.sampled_from(["function.ccn", "E0602"]) | HOSTILE,
    title=HOSTILE,
    message=HOSTILE,
    number=st.none() | st.integers(0, 30),
    limit=st.none() | st.integers(0, 30),
    fingerprint=HOSTILE,
    new=st.booleans(),
    list=st.sampled_from(["errors", "warnings"]),
    severity=st.sampled_from(["", "critical", "major", "minor"]),
    cwe=st.sampled_from([0, 89, 1333]),
    security=st.booleans(),
)
_VERDICTS = st.builds(
    GateVerdict,
    id=HOSTILE,
    kind=st.sampled_from(list(GATE_RULES.values())),
    parameters=st.sampled_from([(), (("above", 20),)]),
    value=st.none() | st.decimals(0, 10**6, places=3),
    unit=st.sampled_from(["percent", "CCN", "findings", ""]),
    limit=st.none() | st.decimals(0, 10**6, places=1),
    good=st.sampled_from(["low", "high"]),
    outcome=st.sampled_from(["passed", "failed", "unknown"]),
    reason=HOSTILE,
    why=HOSTILE,
    hits=st.lists(_HITS, max_size=3).map(tuple),
)
RESULTS = st.builds(
    replace,
    st.just(RESULT),
    contract_id=HOSTILE,
    supplier=HOSTILE,
    repository=HOSTILE,
    notes=st.lists(HOSTILE, max_size=2).map(tuple),
    verdicts=st.lists(_VERDICTS, max_size=3).map(tuple),
    outcome=st.sampled_from(["passed", "failed", "unknown"]),
    command=HOSTILE,
)
