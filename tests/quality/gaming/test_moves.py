"""Each known move against the honest tree: none ends in a plain ``met``."""

from __future__ import annotations

import pytest

from quality.model.evaluation import Evaluation
from quality.model.verdict import Outcome
from reports.scorecard.page import html
from tests.conftest import Desk
from tests.quality.gaming.moves import BASELINE, HEAD, LEVELS, MOVES, SINCE, Move, Tree
from tests.quality.gaming.uncaught import UNCAUGHT
from tests.repositories import Repository

pytestmark = pytest.mark.slow

Judged = dict[str, Evaluation]


@pytest.fixture(scope="module")
def judged(shared_desk: Desk) -> Judged:
    """The evaluation of every tree, all made in one run."""
    moves = (*MOVES, *UNCAUGHT)
    for tree in {tree.name: tree for each in moves for tree in (each.honest, each.gamed)}.values():
        repository = Repository(shared_desk.folder / f"{tree.name}.git")
        if tree.before:
            repository.commit(tree.before, at="2026-05-01T00:00:00Z")
        repository.commit(tree.files, at="2026-08-01T00:00:00Z")
        path = shared_desk.folder / f"{tree.name}.contract.yaml"
        path.write_text(contract(tree), encoding="utf-8")
        shared_desk.contracts.append(path)
    shared_desk.measure()
    return {each.contract_id: each for each in shared_desk.evaluate(pages=True)}


def contract(tree: Tree) -> str:
    text = HEAD.format(id=tree.name)
    if tree.taken_over:
        return f"{text}{BASELINE}service_levels:\n{LEVELS}{SINCE}"
    return f"{text}service_levels:\n{LEVELS}"


def outcomes(evaluation: Evaluation, move: Move) -> set[Outcome]:
    return {each.outcome for each in evaluation.service_levels if each.id in move.levels}


@pytest.mark.parametrize("move", MOVES, ids=[move.name for move in MOVES])
def test_a_move_does_not_end_in_a_plain_met(judged: Judged, move: Move) -> None:
    assert outcomes(judged[move.honest.name], move) == {"failed"}
    gamed = judged[move.gamed.name]
    assert outcomes(gamed, move) == {"met" if move.words else "failed"}
    assert move.words in html.page(gamed)


@pytest.mark.parametrize("move", UNCAUGHT, ids=[move.name for move in UNCAUGHT])
def test_what_the_guide_calls_uncaught_is_met_indeed(judged: Judged, move: Move) -> None:
    assert outcomes(judged[move.honest.name], move) == {"failed"}
    assert outcomes(judged[move.gamed.name], move) == {"met"}
