"""Sizes of memory as people write them: 500MB, 2GB."""

import re

MB = 10**6
GB = 10**9
UNITS = {"MB": MB, "GB": GB}
LEAST = 100 * MB  # DuckDB cannot sort a snapshot in less
HINT = "write a size such as 500MB or 2GB, at least 100MB"


def bytes_of(text: str) -> int | None:
    """Bytes of ``500MB`` or ``2GB``; None: it is no such size, or less than the least."""
    found = re.fullmatch(r"(\d{1,6}) ?(MB|GB)", text.strip(), re.IGNORECASE | re.ASCII)
    size = int(found[1]) * UNITS[found[2].upper()] if found else 0
    return size if size >= LEAST else None
