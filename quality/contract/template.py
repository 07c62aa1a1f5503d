"""The commented contract that ``workmanship init`` writes, with levels that public systems suggest.

``template.yaml`` is valid as it stands. Its levels are replaced by what the open benchmark
says today, each with its reason; a level that the benchmark says nothing of stays as it is.
"""

import re
from importlib import resources

from quality.benchmark.data import ENOUGH, Benchmark
from quality.benchmark.proposal import proposal
from quality.catalogue.indicators import INDICATORS
from quality.model.amounts import plain
from quality.model.benchmark import Proposal

TEMPLATE = (resources.files("quality.contract") / "template.yaml").read_text("utf-8")
_KEY = re.compile(r"    (indicator|above|lines|expected|minimum): (\S+)")
_COLUMN = 38


def template(benchmark: Benchmark, language: str = "") -> str:
    """The contract with the levels that public systems in a language ("": in all) suggest."""
    before, opened, levels = TEMPLATE.partition("service_levels:\n")
    lines, made = [], None
    indicator, parameter = "", None
    for line in levels.splitlines():
        found = _KEY.match(line)
        match found.groups() if found else None:
            case ("indicator", name):
                indicator, parameter, made = name, None, None
            case ("above" | "lines", number):
                parameter = int(number)
            case ("expected" | "minimum" as key, _) if indicator in INDICATORS:
                made = made or proposal(benchmark, (indicator, parameter), language)
                line = _line(key, made) or line  # noqa: PLW2901
        lines.append(line)
    return before + opened + "\n".join(lines) + "\n"


def _line(key: str, made: Proposal | None) -> str:
    """The level with its reason; "" where too few systems say anything."""
    if made is None or made.peers.systems < ENOUGH:
        return ""
    value = (made.expected if key == "expected" else made.minimum).value
    spoken = f" {made.peers.language}" if made.peers.language else ""
    reason = f"# {made.reach(value)} % of {made.peers.systems} public{spoken} systems reach it"
    return f"    {key}: {plain(value)}".ljust(_COLUMN) + reason
