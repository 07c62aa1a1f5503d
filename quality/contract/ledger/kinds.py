"""The kinds of entries that a ledger may hold, each with its model: a new kind is one more line."""

from quality.contract.ledger.entries import Closing, Debt, Event, Note, Signed
from quality.contract.ledger.notices import (
    Choice,
    Claim,
    Dispute,
    Incident,
    Reallocation,
    Settlement,
)

KINDS: dict[str, type[Signed]] = {
    "excused_event": Event,
    "accepted_debt": Debt,
    "credit_note": Note,
    "closing": Closing,
    "dispute": Dispute,
    "settlement": Settlement,
    "claim": Claim,
    "choice": Choice,
    "incident": Incident,
    "reallocation": Reallocation,
}
