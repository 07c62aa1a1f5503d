"""A source and the folder of its mirror."""

from pathlib import Path

import pytest

from tests.repositories import Repository


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "source")


@pytest.fixture
def mirrors(tmp_path: Path) -> Path:
    return tmp_path / "mirrors"
