"""Calls that fit: the correct twins."""

import datetime
import shutil
import textwrap
from dataclasses import dataclass
from functools import partial, reduce


def price(net, rate, *, rounded):
    return round(net * rate, rounded)


def gross(net, rate=0.19):
    return net * (1 + rate)


def joined(*parts, sep="", **options):
    return sep.join(parts), options


class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.limit = partial(min, 500)

    def pay(self, amount):
        self.balance -= amount
        return self.limit(amount)

    def close(self):
        self.pay(amount=1)
        return self.pay(self.balance)

    @staticmethod
    def fee(amount):
        return amount / 100

    @classmethod
    def empty(cls, owner):
        return cls(owner, 0)


class Made:
    def __new__(cls, *values):
        made = super().__new__(cls)
        made.values = values
        return made

    def first(self):
        return self.values[0]


@dataclass
class Order:
    number: int
    total: float = 0.0


def report(items, *more, **options):
    total = sum
    return [
        gross(1), gross(1, 0.07), gross(net=2), price(1, 2, rounded=3), gross(*more),
        gross(**options), Account("Ann"), Account("Ann", 0), Order(1), Made(1, 2, 3).first(),
        shutil.copyfile("a.txt", "b.txt"), textwrap.dedent("a"), datetime.datetime(2026, 1, 1),
        Account.fee(1), reduce(lambda one, other: one + other, items), total(items),
        "{} {}".format(1, 2), "%s of %s" % (len(items), 3), joined("a", "b", sep="-", x=1),
    ]
