"""Classes that do not do what they seem to."""

import abc
from dataclasses import dataclass


class Lamp:
    lit = False

    def __init__(self, watts):  # planted: value-from-init
        self.watts = watts
        return watts

    def switch():  # planted: self-forgotten
        return True

    def dim(level):  # planted: self-forgotten-with-parameter
        return level / 2

    def is_hot(self):
        return self.watts > 60

    def warn(self):
        if self.is_hot:  # planted: method-never-called-in-condition
            return "hot"
        return "cold"

    def warn(self):  # planted: method-defined-twice
        return "cold"


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        """The area in square metres."""


class Square(Shape):
    def __init__(self, side):
        super().__init__(side)  # planted: parent-init-arguments
        self.side = side


def unit():
    return Shape()  # planted: abstract-class-made


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.z = y  # planted: attribute-outside-slots

    def __eq__(self, other):  # planted: equal-without-hash
        return self.x == other.x


class Lock:
    def __enter__(self):
        return self

    def __exit__(self):  # planted: exit-signature
        return None


@dataclass
class Cart:
    owner: str
    lines: list = []  # planted: dataclass-mutable-default


class Temperature:
    def __init__(self, degrees):
        self._degrees = degrees

    @property
    def degrees(self):
        return self._degrees

    def text(self):
        return "%s degrees" % self.degrees()  # planted: property-called


class Names:
    def __len__(self):
        return "3"  # planted: length-not-a-number

    def __iter__(self):  # planted: iterator-not-an-iterator
        return [1, 2]
