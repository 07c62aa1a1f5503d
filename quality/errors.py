"""Every error a user may see: one line that names the thing and the remedy, and the exit code."""


class WorkmanshipError(Exception):
    """An expected failure; its text is one line for the user. ``exit_code`` is the process's."""

    exit_code = 4


class UsageError(WorkmanshipError):
    """Wrong command line or wrong contract (exit 2)."""

    exit_code = 2


class MeasureError(WorkmanshipError):
    """Something could not be measured: repository, revision, tool or database (exit 3)."""

    exit_code = 3
