"""The scorecard as HTML: a self-contained page a supplier and an index over all of them.

No network, no outside style, no script but the index's own, which it does without: the content
security policy allows the page's own style sheet by its hash, on the index its own script too, and
nothing else, so nothing a supplier writes into a name can act.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib import resources

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from quality.model.amounts import plain
from quality.model.evaluation import Evaluation
from reports.scorecard.page import (
    comparison,
    course,
    navigation,
    parties,
    site,
    spent,
    timeline,
    treemap,
    trends,
)
from reports.scorecard.page.site import PageEntry
from reports.scorecard.words import (
    evidence,
    invoice,
    levels,
    money,
    new_code,
    overview,
    places,
    portfolio,
    settlement,
    standing,
    view,
)
from reports.shared import numbers
from reports.shared.text import clip, safe_text


def page(
    evaluation: Evaluation,
    beside: tuple[PageEntry | None, PageEntry | None] | None = None,
    files: str = "",
) -> str:
    """One supplier's scorecard in one period; ``beside``: the pages before and after it, None: it
    stands alone; ``files``: the name, without suffix, of those with all rows beside it."""
    text = _template("page.html.j2").render(
        evaluation=evaluation, levels=view.levels(evaluation), beside=beside, files=files
    )
    return navigation.complete(text)


def index(
    evaluations: Sequence[Evaluation], links: Sequence[str], known: Sequence[PageEntry] = ()
) -> str:
    """All suppliers at a glance, the most urgent first; ``links`` are their pages' file names,
    ``known`` all pages of the folder."""
    order = overview.ordered(evaluations)
    rows = [(evaluations[at], links[at]) for at in order]
    text = _template("index.html.j2").render(
        evaluations=[evaluation for evaluation, _ in rows],
        links=[link for _, link in rows],
        overall=Counter(view.shown_outcome(evaluation) for evaluation in evaluations),
        files={(each.contract, each.period): each.file for each in known},
        others=site.others(known, evaluations),
    )
    return navigation.complete(text)


def pages(
    evaluations: Sequence[Evaluation], before: Sequence[PageEntry] = ()
) -> tuple[tuple[str, str], ...]:
    """(file name, text) of the index and then of each page, in the order of ``evaluations``;
    ``before``: the pages that stand in the folder already.

    The index tells of each contract's newest period.
    """
    entries = site.entries(evaluations, before)
    known = site.merged(before, entries)
    newest = {
        each.contract_id: (each, entry.file)
        for each, entry in sorted(
            zip(evaluations, entries, strict=True), key=lambda pair: pair[1].start
        )
    }
    texts = (
        page(each, site.beside(known, entry), site.rows_beside(entry.file))
        for each, entry in zip(evaluations, entries, strict=True)
    )
    rows = sorted(newest.values(), key=lambda row: evaluations.index(row[0]))
    first = index([each for each, _ in rows], [file for _, file in rows], known)
    return (("index.html", first), *zip((entry.file for entry in entries), texts, strict=True))


def _template(name: str) -> Template:
    return template("reports.scorecard.page", name)


@cache
def template(room: str, name: str) -> Template:
    """A page's template of a room, with all that the scorecard's own pages may use."""
    return _environment(room).get_template(name)


@cache
def _environment(room: str) -> Environment:
    rooms = dict.fromkeys([room, "reports.scorecard.page"])
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(each) for each in rooms]),
        autoescape=True,  # select_autoescape() would not know the suffix .j2
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    own = resources.files("reports.scorecard.page") / "templates"
    style, script = ((own / name).read_text("utf-8") for name in ("style.css", "index.js"))
    environment.globals.update(
        style=Markup(style),  # noqa: S704  our own file
        style_hash=_digest(style),
        script=Markup(script),  # noqa: S704  our own file
        script_hash=_digest(script),
        n=numbers,
        course=course,
        evidence=evidence,
        view=view,
        money=money,
        invoice=invoice,
        settlement=settlement,
        new_code=new_code,
        parties=parties,
        places=places,
        standing=standing,
        timeline=timeline,
        spent=spent,
        overview=overview,
        comparison=comparison,
        portfolio=portfolio,
        treemap=treemap,
        trends=trends,
        words=levels.WORDS,
        plain=plain,
    )
    environment.filters["clip"] = clip
    return environment


def _digest(text: str) -> str:
    """How a content security policy names a text."""
    return b64encode(sha256(text.encode()).digest()).decode()


def _visible(value: object) -> object:
    """Every text a template prints: no control or bidi character passes unseen."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return safe_text(value)
    return value
