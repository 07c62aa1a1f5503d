"""Classes that do what they seem to."""

import abc
import enum
from dataclasses import dataclass, field


class Lamp:
    def __init__(self, watts):
        self.watts = watts

    @staticmethod
    def switch():
        return True

    @classmethod
    def dim(cls, level):
        return level / 2, cls

    def is_hot(self):
        return self.watts > 60

    def warn(self):
        return "hot" if self.is_hot() else "cold"


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        """The area in square metres."""


class Square(Shape):
    def __init__(self, side):
        super().__init__()
        self.side = side

    def area(self):
        return self.side**2


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __eq__(self, other):
        return self.x == other.x

    def __hash__(self):
        return hash(self.x)


class Lock:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return None


@dataclass
class Cart:
    owner: str
    lines: list = field(default_factory=list)


class Temperature:
    def __init__(self, degrees):
        self._degrees = degrees

    @property
    def degrees(self):
        return self._degrees

    @degrees.setter
    def degrees(self, value):
        self._degrees = value

    def text(self):
        return f"{self.degrees} degrees"


class Colour(enum.Enum):
    RED = 1

    def label(self):
        return self.name, self.value, Colour["RED"], Colour(1)


class Numbers:
    def __len__(self):
        return 3

    def __iter__(self):
        return iter([1, 2])


def unit():
    return Square(1)
