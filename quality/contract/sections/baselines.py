"""The baseline: the code that the supplier took over, with which his own is compared."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, model_validator

from quality.contract.text import references
from quality.contract.text.section import Day, Section, optional
from quality.contract.text.values import wrong

KINDS = ("tag", "commit", "date")


def _commit(text: str) -> str:
    if not references.COMMIT_ID.fullmatch(text):
        raise wrong(
            "is not a whole commit id: write all 40 hex digits (`git rev-parse`), in quotes"
        )
    return text


class Baseline(Section):
    """What the supplier took over: exactly one of a commit, a tag and a date."""

    tag: Annotated[str, AfterValidator(references.tag)] | None = optional(
        "The tag at the commit that was taken over; what it names when first read stands"
    )
    commit: Annotated[str, AfterValidator(_commit)] | None = optional(
        "The commit that was taken over, all 40 hex digits"
    )
    date: Day | None = optional(
        "What was taken over is what had been delivered when this day begins, in the time zone"
    )

    @model_validator(mode="after")
    def _is_one(self) -> "Baseline":
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            what = f"has {' and '.join(given)}" if given else "names nothing"
            raise wrong(f"{what}: it needs exactly one of tag, commit and date")
        return self

    @property
    def kind(self) -> str:
        """Which of the three it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def stated(self) -> str:
        """As it is agreed, such as ``tag v1.0``."""
        named: str | date = getattr(self, self.kind)
        return f"{self.kind} {named}"
