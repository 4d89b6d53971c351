"""Startup code whose plans have every kind of annotation, default and docstring."""

import collections.abc
import typing
from collections.abc import Callable, Iterable, Sequence

import bluesky.plan_stubs as bps
from bluesky.protocols import Flyable, Movable, Readable
from bluesky.utils import Msg
from ophyd import Component, Device, Signal
from ophyd.sim import SynAxis, det, motor  # noqa: F401

from bluesky_queueserver import parameter_annotation_decorator, register_device, register_plan


class Stage(Device):
    x = Component(SynAxis, name="x")
    y = Component(SynAxis, name="y")


class Endstation(Device):
    sample = Component(Stage, name="sample")
    shutter = Component(Signal, name="shutter")


endstation = Endstation(name="endstation")
shallow = Endstation(name="shallow")
hidden = Stage(name="hidden")
register_device("shallow", depth=2)
register_device("hidden", exclude=True)


def no_parameters():
    yield from bps.null()


def hidden_plan():
    yield from bps.null()


register_plan("hidden_plan", exclude=True)


def builtin_types(a: int, b: float = 1.5, c: str = "x", d: bool = False, *args: int, e: list = None, **kwargs: str):
    """One line only."""
    yield from bps.null()


def generic_types(
    a: typing.List[int],
    b: typing.Optional[typing.Dict[str, float]] = None,
    c: "int" = 3,
    d: typing.Union[int, str] = 1,
    e: list[typing.Any] = (),
    f: typing.Literal["a", "b"] = "a",
    g: typing.Any = None,
    h: tuple[int, ...] = (1, 2),
    i: Msg = None,
):
    yield from bps.null()


def protocols(
    a: Readable,
    b: Movable,
    c: Flyable,
    d: typing.Sequence[Readable],
    e: Sequence[Movable],
    f: typing.Mapping[str, Readable],
    g: Iterable,
    h: collections.abc.Iterable[Readable] = (),
    i: typing.Optional[Callable[[Readable, int], typing.Generator]] = None,
    j: typing.Callable = None,
    k: typing.Union[typing.Callable[[int], str], Readable, None] = None,
    l: Device = None,  # noqa: E741
):
    yield from bps.null()


def documented(a, b=2, *args, c=None, d: float = 0.5, **kwargs):
    """
    Do something that takes
    two lines to say.

    More about it, which is not part of the summary.

    Parameters
    ----------
    a : list
        First line of a.

        Second paragraph of a,
          with an indented line.


        After two empty lines.
    b, c : int
        Both b and c.
    *args :
        Several values.
        ``motor, start, stop``
    d: float, optional
        A colon without a space.
    **kwargs
        Others.

    Yields
    ------
    msg : Msg

    Notes
    -----
    Nothing.
    """
    yield from bps.null()


def signature_in_docstring(a, b):
    """signature_in_docstring(a, b)

    The summary comes after the signature.

    Parameters
    ==========
    a
        The first.
    b
    """
    yield from bps.null()


def section_only(a):
    """
    Parameters
    ----------
    a : int
        There is no summary.
    """
    yield from bps.null()


@parameter_annotation_decorator(
    {
        "description": "Described by the decorator.",
        "parameters": {
            "detectors": {
                "description": "Some detectors.",
                "annotation": "typing.List[Detectors]",
                "devices": {"Detectors": ["det", ":^end:?.*", "__READABLE__:^sh.*$:-^sa.*$:^x$"]},
                "default": ["det"],
            },
            "plan": {"annotation": "Plans", "plans": {"Plans": (":^no_", "documented")}},
            "mode": {"annotation": "typing.Union[Modes, int]", "enums": {"Modes": ("fast", "slow")}},
            "any_device": {"annotation": "__DEVICE__"},
            "any_object": {"annotation": "typing.List[__PLAN_OR_DEVICE__]", "convert_plan_names": False},
            "number": {"annotation": "float", "min": 1, "max": 2.5, "step": 0.1},
            "text": {"convert_device_names": True},
        },
    }
)
def decorated(plan, any_device, any_object, detectors=None, mode="fast", number: float = 1, text: str = "det"):
    """The decorator says it better.

    Parameters
    ----------
    plan
        A plan.
    """
    yield from bps.null()
