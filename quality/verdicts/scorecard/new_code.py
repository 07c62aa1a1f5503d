"""The code of each snapshot beside its baseline, as the scorecard shows it."""

from __future__ import annotations

from collections.abc import Sequence

from quality.model.recipe import Recipe
from quality.model.scorecard import NewCode
from quality.store.counting import Scope
from quality.store.database import Store
from quality.verdicts.history import History
from quality.verdicts.scorecard.growth import DUPLICATION
from quality.verdicts.scorecard.scorecard import Place

COMPLEX = 10  # functions above it are complex ones


def read_new_code(
    store: Store, recipe: Recipe, histories: Sequence[History], places: Sequence[Place]
) -> list[tuple[NewCode, ...]]:
    """The code of each history's snapshots beside their baselines, where both are measured. It
    takes a scope of its own, in which no other may be open."""
    owned: list[list[NewCode]] = [[] for _ in histories]
    found = [
        (place, compared)
        for place in places
        if (compared := histories[place.owner].beside(place.repository))
    ]
    if found:
        scope = Scope(store, recipe, [compared for _, compared in found])
        rows = scope.rows("scorecard/new_code", above=COMPLEX, lines=DUPLICATION.parameter)
        for snapshot, *numbers in rows:
            place = found[snapshot][0]
            owned[place.owner].append(NewCode(place.repository, *numbers))
    return [tuple(each) for each in owned]
