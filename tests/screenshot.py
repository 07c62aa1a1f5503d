"""``make screenshot``: a picture of a page, as a browser shows it.

python -m tests.screenshot PAGE PICTURE
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.browser import launched


def main(page: Path, picture: Path) -> None:
    """Take the picture of the first screen."""
    picture.parent.mkdir(parents=True, exist_ok=True)
    with launched() as browser:
        tab = browser.new_page(viewport={"width": 1200, "height": 900}, device_scale_factor=1.5)
        tab.goto(page.absolute().as_uri())
        tab.screenshot(path=picture)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
