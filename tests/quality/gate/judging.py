"""What the tests of the gate share: rules as text, code as text, and a change judged by them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from collectors.git.checkout import Checkout
from collectors.process.bounded import Supervisor
from quality.catalogue.recipes import load_recipe
from quality.gate.facts import GateFacts
from quality.gate.merge import gate
from quality.gate.request import MergeRequest
from quality.model.gate import GateResult, GateVerdict
from tests.quality.contracts import SMALL, parse
from tests.remembered import remembered
from tests.repositories import Repository

RULES = SMALL.partition("gate:\n")[0] + "gate:\n"
CCN_2 = "- {id: G-1, rule: function.ccn, at_most: 2}"
FINDINGS = "- {id: G-1, rule: findings.new, rules: [errors]}"
UNDEFINED = "def f{n}():\n    return missing_{n}\n\n\n"


class Silent:
    def say(self, line: str) -> None:
        pass

    def expect(self, files: int, work: int) -> None:
        pass

    def done(self, files: int, work: int) -> None:
        pass

    def follow(self, in_hand: Callable[[], Sequence[str]]) -> None:
        pass


def rules(*lines: str) -> str:
    return RULES + "".join(f"  {line}\n" for line in lines)


def unread(
    request: MergeRequest, checkout: Checkout, processes: Supervisor, database: Path | None = None
) -> GateFacts:
    recipe = load_recipe(*request.contract.measured_by)
    return GateFacts(checkout, recipe, remembered, processes, Silent(), database)


def judged(
    repo: Repository, text: str, base: str, head: str = "main", database: Path | None = None
) -> GateResult:
    request = MergeRequest(parse(text), "billing", base, head)
    with Checkout(repo.folder) as checkout, Supervisor() as processes:
        return gate(request, unread(request, checkout, processes, database))


def verdict(repo: Repository, rule: str, base: str) -> GateVerdict:
    result = judged(repo, rules(rule), base)
    return result.verdicts[0]


def places(verdict: GateVerdict, new: bool = True) -> list[tuple[str, int]]:
    return [(hit.path, hit.line) for hit in verdict.hits if hit.new is new]


def branchy(name: str, ifs: int, extra: str = "") -> str:
    body = "".join(f"    if a == {n}:\n        return {n}\n" for n in range(ifs))
    return f"def {name}(a):\n{extra}{body}    return a\n\n\n"


def block(first: int, lines: int) -> str:
    return "".join(f"value_{n} = {n}\n" for n in range(first, first + lines))
