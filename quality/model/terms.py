"""Words that a contract's terms and the statements that follow from them share."""

from typing import Literal

ConsequenceKind = Literal[
    "chronic_failure", "rectification_plan", "step_in", "termination", "notice"
]
Limit = Literal["expected", "minimum"]
Base = Literal["charges", "at_risk"]
