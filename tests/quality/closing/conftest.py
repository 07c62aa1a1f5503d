"""A repository that is measured, and a period that can be closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from quality.model.evaluation import Evaluation
from tests.conftest import Desk, Kept
from tests.quality.ledgers import BRANCHY, FINDING, LEVELS, SIMPLE
from tests.repositories import Repository

LATER = datetime(2026, 11, 22, 12, tzinfo=UTC)  # 53 days after the quarter's end


@pytest.fixture(scope="session")
def one_commit(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    desk = Desk(tmp_path_factory.mktemp("one"), now=LATER)
    desk.repository("billing", {"a.py": SIMPLE * 20, "b.py": BRANCHY, "c.py": FINDING},
                    at="2026-08-01T00:00:00Z")  # fmt: skip
    desk.contract(["billing"], LEVELS[:1])
    desk.measure(jobs=1)
    return Kept(desk)


@pytest.fixture
def billing(desk: Desk, one_commit: Kept) -> Repository:
    one_commit.lay_out(desk)
    return Repository(desk.folder / "billing.git")


def close(desk: Desk, period: str = "2026-Q3", agreed: bool = False) -> Evaluation:
    return desk.session.close(period, "Ann", agreed)


def judged(desk: Desk, period: str = "2026-Q3", *, pages: bool = False) -> Evaluation:
    (evaluation,) = desk.evaluate(period, pages=pages)
    return evaluation


def apart_from_differences(evaluation: Evaluation) -> Evaluation:
    assert evaluation.frozen
    return replace(evaluation, frozen=replace(evaluation.frozen, differences=(), notes=()))
