"""What is agreed of defects: which count, how grave they are, and which escaped."""

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from quality.contract.sections.record_sources import Names
from quality.contract.sections.support import Words
from quality.contract.text.section import Count, Section, optional
from quality.contract.text.values import shown, wrong


class Escaped(Section):
    """Which defects were found after delivery: those that ever held one of these values."""

    field: Literal["type", "group", "queue", "priority", "severity"] = Field(
        description="The field that says where a defect was found"
    )
    values: Names = Field(min_length=1, description="Its values or patterns that mean delivery")


class Defects(Section):
    """Which defects count. One that was ever confirmed leaves the count by the ledger alone;
    whatever the case of a status or severity."""

    severities: Names = Field((), description="From the gravest to the mildest")
    severity: Literal["highest", "created"] = Field(
        "highest",
        description="The severity that counts: the highest that it ever had, or its first",
    )
    confirmed: Words = Field(
        (),
        description="Statuses that confirm a defect; without any, all count that are not rejected",
    )
    rejected: Words = Field(
        ("Rejected", "Won't fix", "Not a bug", "Invalid", "Cannot reproduce"),
        description="Statuses that say that it is not a defect",
    )
    duplicates: Words = Field(
        ("Duplicate",), description="Statuses that say that it is another one's duplicate"
    )
    undecided_days: Count | None = optional(
        "Days after which a defect counts without being confirmed or rejected; by default never"
    )
    escaped: Escaped | None = optional("Which defects were found after delivery")

    @field_validator("severities")
    @classmethod
    def _each_once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        small = [name.lower() for name in names]
        for number, name in enumerate(small):
            if name in small[:number]:
                raise wrong(f"{shown(names[number])} occurs twice: keep one")
        return names

    @field_validator("duplicates")
    @classmethod
    def _one_meaning_each(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        for key in ("confirmed", "rejected"):
            taken = {each.lower() for each in info.data.get(key, ())}
            for name in names:
                if name.lower() in taken:
                    raise wrong(f"{shown(name)} is {key} too: it can mean only one of them")
        return names

    @property
    def meanings(self) -> tuple[tuple[str, str], ...]:
        """(status, whatever its case; its meaning)."""
        named = (("confirmed", self.confirmed), ("rejected", self.rejected),
                 ("duplicate", self.duplicates))  # fmt: skip
        return tuple((each, meaning) for meaning, some in named for each in some)
