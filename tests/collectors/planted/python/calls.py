"""Calls that do not fit what they call."""

import datetime
import shutil
import textwrap
from dataclasses import dataclass
from functools import reduce


def price(net, rate, *, rounded):
    return round(net * rate, rounded)


def gross(net, rate=0.19):
    return net * (1 + rate)


class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.limit = 500

    def pay(self, amount):
        self.balance -= amount
        return self.limit(amount)  # planted: calls-a-number

    def close(self):
        self.pay()  # planted: method-argument-missing
        return self.pay(self.balance, "EUR")  # planted: method-argument-too-many

    @staticmethod
    def fee(amount):
        return amount / 100

    @classmethod
    def empty(cls, owner):
        return cls(owner, 0, 0)  # planted: class-argument-too-many


@dataclass
class Order:
    number: int
    total: float


def report(items):
    first = gross()  # planted: argument-missing
    second = gross(1, 0.07, "EUR")  # planted: argument-too-many
    third = gross(1, rat=0.07)  # planted: keyword-unknown
    fourth = gross(1, net=2)  # planted: argument-twice
    fifth = price(1, 2)  # planted: keyword-only-missing
    sixth = Account()  # planted: constructor-argument-missing
    seventh = Account("Ann", 0, 0, 0)  # planted: constructor-argument-too-many
    eighth = Order(1)  # planted: dataclass-argument-missing
    ninth = shutil.copyfile("a.txt")  # planted: library-argument-missing
    tenth = textwrap.dedent("a", "b")  # planted: library-argument-too-many
    eleventh = datetime()  # planted: module-called
    twelfth = Account.fee(1, 2)  # planted: static-argument-too-many
    thirteenth = reduce(lambda total, each: total + each)  # planted: builtin-argument-missing
    total = 5
    fourteenth = total()  # planted: integer-called
    return [
        first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh,
        twelfth, thirteenth, fourteenth, "{} {}".format(1),  # planted: format-argument-missing
        "%s of %s" % (len(items),),  # planted: percent-argument-missing
    ]
