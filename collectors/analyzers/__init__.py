"""The analyzers: pure functions from one blob to facts, registered in one dict.

An analyzer is a module. It sees no path, no neighbour, no configuration and no clock, so its
facts can be kept for ever under (blob, language, analyzer, its part of the recipe). Which languages
it reads is said by that part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

    "cppcheck": cppcheck.prepare,
    "pylint": pylint.prepare,
    "treerules": treerules.prepare,
}
