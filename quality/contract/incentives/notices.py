"""Clauses that reward who keeps silent, who never settles, and who answers for a part alone."""

from collections.abc import Iterator

from quality.contract.contract import Contract
from quality.contract.incentives.incentive import Incentive

_DAYS = {"quarter": 90, "month": 28}


def notice_incentives(contract: Contract) -> Iterator[Incentive]:
    """What is gained by a notice, or by waiting for one."""
    rules = contract.credits
    if rules.claim_days is not None:
        yield Incentive(
            ("credits", "claim_days"),
            f"a credit that the customer does not claim within {rules.claim_days} days lapses",
            "report late and say nothing until the days have passed: no claim, no credit",
            "leave the key out: then credits are due without a claim",
        )
    again = rules.reweighting
    if again is not None and again.notice_days < _DAYS[contract.period]:
        yield Incentive(
            ("credits", "reweighting", "notice_days"),
            f"allocations may change {again.notice_days} days after the notice, within a period",
            "the customer puts the weight on what is about to fail already",
            f"set notice_days: {_DAYS[contract.period]} or more, so that a period is known before",
        )
    for number, level in enumerate(contract.service_levels):
        if level.shared is not None and level.credit:
            yield Incentive(
                ("service_levels", number, "shared"),
                f"{level.id} is shared: a failure costs each supplier a part, whoever caused it",
                "leave the joint work to the other supplier",
                "divide it into service levels for which each answers alone",
            )
    if contract.framework is not None and all(e.failures is None for e in contract.consequences):
        yield Incentive(
            ("framework", "cap"),
            f"the contracts of {contract.framework.id} share one cap: once it is reached, failures "
            f"under all of them are free",
            "fail early under the contract where the work is dearest, then give up the others",
            "add a consequence that counts failures and no money (failures: 2, of: 4)",
        )
    if contract.charges is not None and not contract.excusals.by_days:
        yield Incentive(
            ("excusals", "by_days"),
            "one day of the customer's delay excuses the whole period",
            "find one day in each period on which he owed you something",
            "set excusals: {by_days: true}: then a day excuses its share of the credits",
        )
    if contract.charges is not None and contract.settle_days is None:
        yield Incentive(
            ("contract", "settle_days"),
            "a notice of dispute never lapses, and a period in dispute cannot be closed",
            "dispute every credit and settle none",
            "set settle_days: 60: what is not settled by then stands as it was stated",
        )
