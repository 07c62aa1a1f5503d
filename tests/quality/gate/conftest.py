"""The repository that a gate's test changes."""

from pathlib import Path

import pytest

from tests.repositories import Repository


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "billing.git")
