"""A repository that is pushed to between readings."""

from __future__ import annotations

import pytest

from tests.conftest import Desk
from tests.repositories import Repository


@pytest.fixture
def billing(desk: Desk) -> Repository:
    """A repository without commits, and a contract over it."""
    desk.contract(["billing"])
    return Repository(desk.folder / "billing.git")
