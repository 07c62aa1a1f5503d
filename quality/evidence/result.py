"""What a party signs: a result, whoever computed it."""

from __future__ import annotations

import hashlib

from quality.model.canonical import dumps, encode
from quality.model.evaluation import Evaluation


def result(evaluation: Evaluation) -> str:
    """The digest of what a party acknowledges: under which contract which commits were judged,
    every outcome and value, and the money that follows."""
    content = {
        "contract": evaluation.contract_digest,
        "ledger": evaluation.ledger_digest,
        "period": evaluation.period.id,
        "recipe": evaluation.recipe.digest,
        "commits": [[each.repository, each.commit] for each in evaluation.snapshots],
        "verdicts": [
            [each.id, each.outcome, encode(each.measured), encode(each.repositories)]
            for each in evaluation.service_levels
        ],
        "outcome": evaluation.outcome,
        "credits": encode(evaluation.credits),
        "notes": encode(evaluation.credit_notes),
    }
    return f"sha256:{hashlib.sha256(dumps(content).encode()).hexdigest()}"
