"""Ways through a page, made from the page itself: a list of its sections, a way back from each, and
tables that scroll reachable by the keyboard."""

import re

_PLACE = "<!-- contents -->"
_HEADING = re.compile(r'<h2 id="([a-z-]+)">(.*?)</h2>', re.DOTALL)
_TABLE = re.compile(
    r'<div class="scroll">(\s*<table[^>]*>\s*<caption[^>]*>)(.*?)(</caption>)', re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")
_BACK = '<a class="back" href="#contents">Contents</a>'


def complete(text: str) -> str:
    """A page with its list of contents, where it has a place for one, and named scroll areas. All
    that is put in stands in the page already, escaped."""
    text = _TABLE.sub(_named, text)
    before, place, rest = text.partition(_PLACE)
    if not place:
        return text
    headings = _HEADING.findall(rest)
    links = "".join(f'<li><a href="#{each}">{_plain(title)}</a></li>\n' for each, title in headings)
    rest = _HEADING.sub(lambda match: f"{match[0]}\n{_BACK}", rest)
    return (
        f'{before}<nav id="contents" class="contents" aria-label="Contents">\n<ul>\n{links}</ul>\n'
        f"</nav>{rest}"
    )


def _named(match: re.Match[str]) -> str:
    """A scroll area that the keyboard reaches, named by its table's caption."""
    label = _plain(match[2]).replace('"', "&#34;")
    head = f'<div class="scroll" tabindex="0" role="group" aria-label="{label}">'
    return f"{head}{match[1]}{match[2]}{match[3]}"


def _plain(markup: str) -> str:
    return _TAG.sub("", markup).replace("\n", " ").strip()
