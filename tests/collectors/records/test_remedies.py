"""What an export's error says to do: which columns there are, which may be meant, how a word is
named."""

from __future__ import annotations

import re

import pytest

from tests.collectors.records.exports import events, read, refused

STAMP = "2026-03-02T09:00:00Z"


@pytest.mark.parametrize(
    ("header", "fields", "why"),
    [
        ("id,Created At,Title", {},
         "it has no field created: name it in fields:, did you mean Created At? "
         "It has id, Created At, Title"),
        ("id,created_on,Title", {},
         "it has no field created: name it in fields:, did you mean created_on? "
         "It has id, created_on, Title"),
        ("Nr,Eröffnet", {"id": "Nr"},
         "it has no field created: name it in fields:. It has Nr, Eröffnet"),
        ("id,Opened,Titel", {"created": "Openend"},
         "it has no field Openend (created: in fields:), did you mean Opened? "
         "It has id, Opened, Titel"),
        ("id,Date created,creator", {},
         "it has no field created: name it in fields:, did you mean Date created? "
         "It has id, Date created, creator"),
    ],
)  # fmt: skip
def test_a_field_that_is_missing_is_looked_for(
    header: str, fields: dict[str, str], why: str
) -> None:
    refused("csv", f"{header}\n", f"^{re.escape(why)}$", fields=fields)


def test_of_many_columns_the_first_are_listed_in_a_short_line() -> None:
    names = [f"c{number}" for number in range(30)] + ["x" * 3_000, "\x1b[31mred"]
    with pytest.raises(Exception, match="no field id") as error:
        read("csv", ",".join(names) + "\n")
    said = str(error.value)
    assert said.endswith("It has c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and 20 more")
    with pytest.raises(Exception, match="no field id") as error:
        read("csv", ",".join(names[-2:]) + "\n")
    assert len(str(error.value)) < 200
    assert str(error.value).isprintable()


def test_columns_of_outages_are_told_alike() -> None:
    why = "it has no field begins: name it in fields:, did you mean Begin[?] It has service, Begin"
    refused("csv", "service,Begin\n", why, kind="outages")


def test_a_word_of_an_event_is_named_as_a_kind() -> None:
    text = f"id,at,event\n1,{STAMP},created\n1,{STAMP},Kommentar\n1,{STAMP},Gesehen\n"
    why = (
        "line 3: nobody says what kommentar is: name it in fields:, as event.KIND: kommentar, "
        "where KIND is created, status, reply, note, priority, queue, group, type or severity; "
        "words that are not named are then passed over"
    )
    refused("csv", text, f"^{re.escape(why)}$")
    refused("csv", text.replace("Kommentar", "replied"),
            r"nobody says what replied is \(did you mean reply\?\): name it")  # fmt: skip
    refused("csv", f"service,begins,duration,kind\nshop,{STAMP},5,weather\n",
            "nobody says what weather is: name it in fields:, as kind.outage: weather or "
            "kind.maintenance: weather", kind="outages")  # fmt: skip


def test_our_own_words_stand_beside_those_that_are_named() -> None:
    """Whoever follows the remedy must not lose what was understood before."""
    text = (
        f"id,at,event,value\n1,{STAMP},created,\n1,{STAMP},Kommentar,\n1,{STAMP},status,Open\n"
        f"1,{STAMP},Gesehen,\n1,{STAMP},note,\n"
    )
    (ticket,) = read("csv", text, fields={"event.reply": "Kommentar | Note"})
    assert [(kind, value) for _, kind, value, *_ in events(ticket)] == [
        ("created", ""), ("reply", ""), ("status", "Open"), ("reply", ""),
    ]  # fmt: skip
