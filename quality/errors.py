"""Every error a user may see: one line that names the thing and the remedy, and the exit code.

The exit codes of all commands: 0 met, 1 failed, 2 wrong command line or contract, 3 could not
measure, 4 our own fault. Where several apply, 4 beats 2 beats 3 beats 1: what failed is only known
for certain once everything could be measured, so 1 is said only where nothing is unknown. (Between
the parties it is the other way round: there failed ranks above unknown, see ``WORST_FIRST``.)
"""


class WorkmanshipError(Exception):
    """An expected failure; its text is one line for the user. ``exit_code`` is the process's."""

    exit_code = 4


class UsageError(WorkmanshipError):
    """Wrong command line or wrong contract (exit 2)."""

    exit_code = 2


class MeasureError(WorkmanshipError):
    """Something could not be measured: repository, revision, tool or database (exit 3)."""

    exit_code = 3


class UnlistableError(MeasureError):
    """The files of a commit cannot be listed, whoever tries. ``withheld``: no honest tree is like
    that, so it is the doing of whoever delivered it; else it is over a limit of ours."""

    def __init__(self, text: str, *, withheld: bool) -> None:
        super().__init__(text)
        self.withheld = withheld


class NoReportError(MeasureError):
    """A server says that there is no such report."""


class UnreachableError(MeasureError):
    """Nobody knows whether there is one: no answer, no permission, too large."""


class DisagreementError(WorkmanshipError):
    """Evidence is not what it says it is: it was changed, or does not follow from its parts
    (exit 1). What the text quotes of it is hostile, and makes no line of its own."""

    exit_code = 1

    def __init__(self, text: str) -> None:
        super().__init__(
            "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
        )
