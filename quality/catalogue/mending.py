"""How a value gets to its limit: by the repair of which rows behind it, repaired to what.

What is told is the fewest rows, heaviest first, by what each is taken to become; where that cannot
be said honestly, why not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EACH = "each"


@dataclass(frozen=True, slots=True)
class Mending:
    """How a value is mended.

    ``weight``: the column of its rows that makes the value (EACH: every row is one; empty: no row
    can be named); ``by``: how it does: as a ``sum`` that is the numerator, or what a share that is
    good when high lacks; as ``blocks`` that may share lines; as the ``largest`` number; as a
    ``mean``, of ``size`` where rows weigh differently; as a percentile, of rows that are brought to
    the limit (``rank``) or that leave (``closed``). ``counts``: the column of the rows that count
    (empty: all do); ``leaves``: what is repaired leaves the denominator too; ``done``: what a
    repair is taken to do; ``as_if``: of what is past and cannot be repaired, what would have met
    the limit; ``lacking``: of what the numerator lacks, where no row can be named; ``why_not``:
    why nothing is told.
    """

    weight: str = ""
    by: Literal["sum", "blocks", "largest", "mean", "rank", "closed"] = "sum"
    counts: str = ""
    size: str = ""
    leaves: bool = False
    done: str = ""
    as_if: str = ""
    lacking: str = ""
    why_not: str = ""


_LIMIT = "each is brought to its limit, and"

FUNCTIONS = Mending("nloc", done=f"{_LIMIT} its lines stay in the code")
LARGEST_FUNCTION = Mending(EACH, "largest", done=f"{_LIMIT} its lines stay in the code")
NEW_FUNCTIONS = Mending("new_lines", done=f"{_LIMIT} its new lines stay in the code")
PYTHON_BLOCKS = Mending(EACH, done=f"{_LIMIT} stays one block")
LARGEST_BLOCK = Mending(EACH, "largest", done=f"{_LIMIT} stays one block")
MEAN_BLOCKS = Mending("cc", "mean", done="each is brought to the agreed mean, and stays one block")
INDEXED_FILES = Mending(
    "millionths", "mean", size="nloc", done="each index is raised to the limit, and its lines stay"
)
DUPLICATES = Mending(
    "code_lines", "blocks",
    done="each block stays at one place, and its other copies leave the code",
)  # fmt: skip
NEW_DUPLICATES = Mending(
    "new_lines", leaves=True, done="each run leaves the code for a call",
)  # fmt: skip
FINDINGS = Mending(EACH, done="all weigh the same; the gravest are named first")
INHERITED = Mending("now", done="no finding of the rule is left")
DIRECTIVES = Mending(EACH, done="all weigh the same")
SEARCHED = Mending("unsearched", done="each is searched by an analyzer, with all of its lines")
MEASURED = Mending("bytes", done="each can be measured as it is")
UNSEEN = Mending(
    "bytes", done="each is written in a language that is read, of the same size",
)  # fmt: skip
TESTS = Mending(lacking="NLOC of tests, while the production code stays as it is")
LINES_RUN = Mending("not_run", done="its lines or branches are all run")
BRANCHES_TAKEN = Mending("not_taken", done="its lines or branches are all run")
DEBTS = Mending("minutes", done="each is paid")
RATED = Mending(why_not="the model rates by steps: the rows say where a star is missing")

CLOCKS = Mending("missed", as_if="had ended within their targets")
CLOCK_TIMES = Mending("seconds", "rank", as_if="had run no longer than the limit")
OPEN_TICKETS = Mending(EACH, done="all weigh the same, the oldest first")
REOPENED_TICKETS = Mending("again", as_if="had not been opened again")
CUSTOMER_S = Mending(why_not="it is the customer who owes these answers")
UPTIME = Mending("against", as_if="had not been down")
REQUESTS = Mending(lacking="good requests")
OUTAGES = Mending("begun_in_period", as_if="had not happened")
LONGEST_OUTAGE = Mending(
    EACH, "largest", counts="counted_in_period", as_if="had been over within the limit"
)
RESTORED = Mending(
    "counted", "mean", counts="ended_in_period", as_if="had been over within the limit"
)
FOUND_DEFECTS = Mending(EACH, counts="counts", as_if="had not been delivered")
ESCAPED_DEFECTS = Mending("after_delivery", counts="counts", as_if="had been found before delivery")
OPEN_DEFECTS = Mending(EACH, done="all weigh the same, the oldest first")
AGED_DEFECTS = Mending("seconds", "closed", done="each is closed, the oldest first")
REOPENED_DEFECTS = Mending("reopened", as_if="had not been opened again")
FIXED_DEFECTS = Mending("seconds", "rank", counts="stayed_done", as_if="had been fixed in time")
