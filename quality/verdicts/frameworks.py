"""The contracts of frameworks, judged together as far as their common caps need it."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from quality.money.draws import Draws, Member, draws_of
from quality.store.database import Store
from quality.verdicts.judgement import verdicts_of
from quality.verdicts.portfolio import Closed, count
from quality.verdicts.request import Request


def shared_draws(store: Store, members: Sequence[tuple[Request, Closed]]) -> Mapping[str, Draws]:
    """By contract and period what others take of its framework's cap. ``members``: all contracts of
    the frameworks, each with its periods so far and with what stands of its closed ones."""

    def recipe(member: tuple[Request, Closed]) -> tuple[str, str]:
        return member[0].contract.measured_by

    found = []
    for _, group in groupby(sorted(members, key=recipe), key=recipe):
        alike = list(group)
        histories = count(store, [request for request, _ in alike])
        for (request, closed), history in zip(alike, histories, strict=True):
            stands = {name: (each.period, each.credits) for name, each in closed.items()}
            found.append(Member(request.family, verdicts_of(history, closed), stands))
    return draws_of(found)
