"""Repairs and changes worked out on tables of our own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from quality.catalogue.indicators import INDICATORS
from quality.contract.sections.levels import ServiceLevel
from quality.model.verdict import Measured, RepositoryValue, Verdict
from quality.verdicts.behind.changes import difference
from quality.verdicts.behind.repairs import repairs
from quality.verdicts.behind.rows import Table
from quality.verdicts.verdict import stated
from tests.quality.contracts import parse, small


def table(rows: list[tuple[object, ...]], columns: tuple[str, ...], **level: object) -> Table:
    (known,) = parse(small()).service_levels
    made = known.model_copy(update=level)
    return Table(made, ("repository", *columns), rows)


def duplicates(*rows: tuple[object, ...]) -> Table:
    return table(
        list(rows), ("block", "code_lines", "places"), indicator=INDICATORS["duplication.share"]
    )


def functions(*rows: tuple[object, ...]) -> Table:
    """Functions of code lines that no two share."""
    columns = ("path", "line", "function", "ccn", "nloc", "body")
    return table([(*row, number) for number, row in enumerate(rows)], columns)


def block(number: int, size: int, *places: tuple[str, int]) -> tuple[object, ...]:
    stands = [
        {"path": path, "line": at, "last_line": at + size - 1, "position": at}
        for path, at in places
    ]
    return ("billing", number, size, stands)


def judged(level: ServiceLevel, measured: Measured, **changes: object) -> Verdict:
    verdict = stated(level, measured, "failed")
    parts = (RepositoryValue("billing", measured, "failed"),)
    return replace(verdict, repositories=parts, **changes)  # type: ignore[arg-type]


def test_a_line_of_two_blocks_counts_until_both_are_repaired() -> None:
    """Block 1: 4 lines in a and b. Block 2: their last 3, and c. 4 + 4 + 3 lines of 40."""
    found = duplicates(
        block(1, 4, ("a", 1), ("b", 1)), block(2, 3, ("a", 2), ("b", 2), ("c", 1))
    )  # fmt: skip
    verdict = judged(found.level, Measured(11, 40, 100), expected=None, minimum=Decimal(25))
    (repair,), rows = repairs(verdict, found)
    # block 2 is heavier (9 to 8): c's 3 lines leave, 8 / 34 = 23.5 %
    assert (repair.rows, repair.numerator, repair.denominator) == (1, 8, 34)
    assert rows == {1: "minimum"}
    strict = replace(verdict, minimum=Decimal(5))
    (repair,), _ = repairs(strict, found)
    assert (repair.rows, repair.numerator, repair.denominator, repair.reached) == (2, 0, 30, True)


def test_what_all_rows_together_do_not_reach_is_said_so() -> None:
    found = functions(("billing", "a.py", 1, "f", 12, 9))
    verdict = judged(found.level, Measured(50, 100, 100))
    least, most = repairs(verdict, found)[0]
    assert (least.rows, least.numerator, least.reached) == (1, 41, False)
    assert (most.to, most.reached) == ("expected", False)


def test_each_repository_that_falls_short_is_repaired_by_itself() -> None:
    rows = [("shop", "s.py", 1, "f", 30, 20), ("billing", "b.py", 1, "g", 25, 4)]
    found = functions(*rows)
    parts = (
        RepositoryValue("billing", Measured(4, 100, 100), "met"),
        RepositoryValue("shop", Measured(20, 100, 100), "failed"),
        RepositoryValue("web", None, "unknown"),
    )
    verdict = judged(found.level, Measured(24, 200, 100), scope="each-repository")
    told = repairs(replace(verdict, repositories=parts), found)[0]
    assert [(r.to, r.repository, r.rows, r.numerator) for r in told] == [
        ("minimum", "shop", 1, 0), ("expected", "shop", 1, 0),
    ]  # fmt: skip


def test_a_high_share_is_repaired_by_what_it_lacks_and_a_file_once() -> None:
    rows = [
        ("billing", "big.py", 300, "lizard", "too long", "ours"),
        ("billing", "big.py", 300, "radon", "too long", "ours"),
        ("billing", "small.py", 40, "radon", "syntax", "supplier"),
    ]
    found = table(
        list(rows), ("path", "bytes", "analyzer", "reason", "cause"),
        indicator=INDICATORS["measured.share"],
    )  # fmt: skip
    verdict = judged(found.level, Measured(660, 1000, 100), good="high", unit="percent",
                     expected=Decimal(100), minimum=Decimal(95))  # fmt: skip
    told, marked = repairs(verdict, found)
    assert [(r.to, r.rows, r.numerator) for r in told] == [
        ("minimum", 1, 960),
        ("expected", 2, 1000),
    ]
    assert marked == {0: "minimum", 1: "minimum", 2: "expected"}


def test_rows_alike_are_paired_by_their_numbers_first() -> None:
    """Two blocks of the same files: the one of 41 lines stayed, of 9 grew to 12, and 8 are new."""
    before = duplicates(block(1, 41, ("a", 1), ("b", 1)), block(2, 9, ("a", 60), ("b", 60)))
    now = duplicates(
        block(1, 41, ("a", 5), ("b", 5)), block(2, 12, ("a", 60), ("b", 60)),
        block(3, 8, ("a", 90), ("b", 90)),
    )  # fmt: skip
    found = difference(now, before)
    assert (found.new, found.worse, found.gone) == ((2,), {1: 9}, ())


def test_a_finding_that_moved_to_another_line_or_file_is_the_same() -> None:
    columns = ("path", "line", "severity", "cwe", "rule", "message", "hidden")

    def finding(path: str, line: int, name: str) -> tuple[object, ...]:
        return ("billing", path, line, "major", None, "E0602", f"undefined {name}", False)

    of = INDICATORS["errors.density"]
    before = table([finding("a.py", 1, "x"), finding("a.py", 2, "x"), finding("b.py", 3, "y")],
                   columns, indicator=of)  # fmt: skip
    now = table([finding("a.py", 9, "x"), finding("c.py", 3, "y"), finding("c.py", 4, "y")],
                columns, indicator=of)  # fmt: skip
    found = difference(now, before)
    assert (found.new, found.gone) == ((2,), (1,))  # the second y, and the second x
