"""PMD for the tests that need it: where it is not installed they are skipped, loudly."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quality.catalogue.tools import NONE, installed

UNUSABLE = "Java cannot be searched for errors"
needs_pmd = pytest.mark.skipif(
    installed("pmd") == NONE,
    reason=f"{UNUSABLE}: PMD or a Java runtime is not here (.ci/pmd, or `workmanship doctor`)",
)


def skipped_line(reasons: Sequence[str]) -> str:
    """The one loud line of a run over the reasons of its skipped tests; "" if none was for Java."""
    found = [each for each in reasons if UNUSABLE in each]
    return f"{len(found)} JAVA TESTS SKIPPED: {found[0]}" if found else ""
