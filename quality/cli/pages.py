"""The pages of a scorecard, written into their folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quality.errors import UsageError
from quality.files import write

if TYPE_CHECKING:
    from quality.cli.session import Session
    from quality.model.evaluation import Evaluation
    from reports.scorecard.page.site import PageEntry


class Pages:
    """The pages of a report in their folder. ``rows`` takes the rows behind the values, for the
    files beside the pages."""

    def __init__(self, folder: Path) -> None:
        from quality.cli.evidence_files import EvidenceFiles

        self.folder = folder
        self.rows = EvidenceFiles(folder)

    def write(self, session: Session, evaluations: Sequence[Evaluation]) -> Path:
        """Write the scorecard and return its index; no page is ever left half written.

        Pages of other contracts and periods that stand in the folder stay, and the index tells of
        each contract's newest one (UsageError: the folder's list of pages cannot be read).
        """
        from reports.scorecard.page import drawn, html, site

        before = _listed(self.folder / site.LIST)
        newest = {page.contract: page.period for page in before}
        shown = [*evaluations, *session.later(evaluations, newest, self.rows)]
        entries = site.entries(shown, before)
        self.rows.finish(
            {(each.contract, each.period): site.rows_beside(each.file) for each in entries}
        )
        for name, text in html.pages(shown, before):
            write(self.folder / name, text)
        for entry, evaluation in zip(entries, shown, strict=True):
            if numbers := drawn.render(evaluation):
                write(self.folder / f"{site.drawn_beside(entry.file)}.csv", numbers)
        write(self.folder / site.LIST, site.text(site.merged(before, entries)))
        return self.folder / "index.html"

    def close(self) -> None:
        """Leave nothing half written behind."""
        self.rows.drop()


def _listed(path: Path) -> tuple[PageEntry, ...]:
    """The pages that earlier reports wrote into the folder."""
    from reports.scorecard.page import site

    try:
        return site.read(path.read_text("utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}: delete it, and report the periods again") from error
