"""Each known move against the honest tree: none ends in a plain ``met``."""

from __future__ import annotations

import pytest

from quality.model.evaluation import Evaluation
from quality.model.verdict import Outcome
from reports.scorecard import html
from tests.conftest import Desk
from tests.quality.gaming.moves import BASELINE, LEVELS, MOVES, SINCE, Move, Tree
from tests.repositories import Repository

pytestmark = pytest.mark.slow

CONTRACT = """\
format: workmanship.contract/1
contract:
  id: {id}
  customer: Northwind Retail
  supplier: Acme Software
  starts: 2026-04-01
  ends: 2027-12-31
  period: quarter
  timezone: UTC
  recipe: "2026.2"
  unmeasured: failed
repositories:
  - {{name: r, url: {id}.git, branch: main}}
service_levels:
"""
Judged = dict[str, Evaluation]


@pytest.fixture(scope="module")
def judged(shared_desk: Desk) -> Judged:
    """The evaluation of every tree, all made in one run."""
    for tree in {tree.name: tree for each in MOVES for tree in (each.honest, each.gamed)}.values():
        repository = Repository(shared_desk.folder / f"{tree.name}.git")
        if tree.before:
            repository.commit(tree.before, at="2026-05-01T00:00:00Z")
        repository.commit(tree.files, at="2026-08-01T00:00:00Z")
        path = shared_desk.folder / f"{tree.name}.contract.yaml"
        path.write_text(contract(tree), encoding="utf-8")
        shared_desk.contracts.append(path)
    shared_desk.measure()
    return {each.contract_id: each for each in shared_desk.evaluate()}


def contract(tree: Tree) -> str:
    text = CONTRACT.format(id=tree.name) + LEVELS
    if tree.taken_over:
        text = text.replace("service_levels:\n", f"{BASELINE}service_levels:\n") + SINCE
    return text


def outcomes(evaluation: Evaluation, move: Move) -> set[Outcome]:
    return {each.outcome for each in evaluation.service_levels if each.id in move.levels}


@pytest.mark.parametrize("move", MOVES, ids=[move.name for move in MOVES])
def test_a_move_does_not_end_in_a_plain_met(judged: Judged, move: Move) -> None:
    assert outcomes(judged[move.honest.name], move) == {"failed"}
    gamed = judged[move.gamed.name]
    assert outcomes(gamed, move) == {"met" if move.words else "failed"}
    assert move.words in html.page(gamed)
