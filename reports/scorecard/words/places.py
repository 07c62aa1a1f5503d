"""A value's place among public systems, in words."""

from fractions import Fraction

from quality.model.rank import Peers, Rank
from reports.shared import numbers
from reports.shared.numbers import coordinate


def sentence(rank: Rank) -> str:
    """Better than 63 % of 44 public Python systems between 5,000 and 50,000 NLOC, recipe 2026.2."""
    of = f"of {peers(rank.peers)}"
    if not rank.equal:
        return f"Better than {better_than(rank)}{numbers.THIN}% {of}"
    level = 100 * rank.equal // rank.peers.systems
    return (
        f"Better than {better_than(rank)}{numbers.THIN}% and level with {level}{numbers.THIN}% {of}"
    )


def better_than(rank: Rank) -> int:
    """How many percent of the systems have a worse value, rounded down."""
    return 100 * rank.worse // rank.peers.systems


def peers(these: Peers) -> str:
    """Which systems something is held against, with their number and the recipe."""
    language = f" {these.language}" if these.language else ""
    size = ""
    if these.most:
        size = f" between {numbers.count(these.least)} and {numbers.count(these.most)} NLOC"
    return f"{these.systems} public{language} systems{size}, recipe {these.recipe}"


def shares(rank: Rank) -> tuple[str, str, str]:
    """The worse and the equal systems as parts of a graph 100 wide, and where the value stands:
    in the middle of its equals."""
    systems = rank.peers.systems
    worse, equal = (Fraction(100 * each, systems) for each in (rank.worse, rank.equal))
    return coordinate(worse), coordinate(equal), coordinate(worse + equal / 2)
