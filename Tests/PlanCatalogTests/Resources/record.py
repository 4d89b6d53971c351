"""Records in reference.json what bluesky-queueserver 0.0.25 and Python do, for the tests beside it.

Run with a Python in which bluesky-queueserver is installed: python record.py
"""

import inspect
import json
import pathlib
import random
import re
import string
import warnings

import yaml
from bluesky_queueserver.manager import profile_ops as ops
from bluesky_queueserver.manager.logging_setup import PPrintForLogging

warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent
lists = yaml.safe_load((here / "existing_plans_and_devices.yaml").read_text())
plans, devices = lists["existing_plans"], lists["existing_devices"]
random.seed(7)


def attempt(function, *args, **kwargs):
    try:
        return {"value": function(*args, **kwargs)}
    except Exception as ex:
        return {"error": str(ex)}


# Types: which values are accepted, and how the others would have been read

TYPES = """typing.Any NoneType int float str bool object bytes int|None typing.Optional[int] float|None int|float
float|int str|int int|str bool|int int|bool float|bool str|typing.Any int|typing.Any typing.Any|int
typing.Union[int,str,None] typing.Union[float,str] bool|None str|None bool|str str|float list list[int] list[float]
list[str] list[bool] typing.List[float] typing.List list[typing.Any] typing.List[typing.List[float]] list[int|str]
list[int]|int list[float]|float list[int]|list[str] list[float]|list[int] list[int]|list[float]
collections.abc.Sequence[str] collections.abc.Sequence[float] typing.Sequence[int] collections.abc.Sequence
typing.Sequence[typing.Any] typing.Sequence[float|str] collections.abc.Iterable[float] collections.abc.Iterable[typing.Any]
collections.abc.Iterable typing.Iterable[int] float|collections.abc.Iterable[float]
collections.abc.Iterable[typing.Any]|bool|None typing.Iterable[str] tuple tuple[int,str] typing.Tuple[float,float]
tuple[int,...] typing.Tuple[float,...] tuple[str|typing.Any,list[typing.Any]] tuple[int] tuple[()] typing.Tuple dict
dict[str,typing.Any] dict[str,int] typing.Dict[str,float] dict[int,str] dict[str,typing.Any]|None typing.Mapping[str,int]
dict[str,list[float]] collections.abc.Mapping typing.Dict set[int] frozenset[float] typing.Literal['a','b']
typing.Literal[1,2] typing.Literal[True,'x'] typing.Literal['a',1,None] typing.Literal[0] typing.Literal['a',1]|float
collections.abc.Hashable collections.abc.Hashable|None typing.Callable typing.Callable[[int],float]
collections.abc.Callable Dev typing.List[Dev] Dev|float float|Dev Dev|str str|Dev dict[Dev,int] dict[str,Dev]
tuple[Dev,float] typing.List[typing.Union[Dev,Plans]] Dev|None Enum1 list[Enum1]|Dev collections.abc.Sequence[Dev]
collections.abc.Iterable[Dev] __READABLE__ __MOVABLE__|typing.Any list[__DEVICE__] typing.List[__PLAN_OR_DEVICE__]
__CALLABLE__ __PLAN__|None Empty typing.List[Empty] foo typing.Foo int| list[int typing.List[NotThere]
bluesky.protocols.Readable type typing.Text complex typing.MutableSequence[int] typing.AbstractSet[int]
typing.Annotated[int,5] 'int' typing.Optional['int'] typing.Hashable typing.Union[int] (int|str) typing.Type[int]
list[dict[str,float|None]] dict[str,tuple[float,float]] list[tuple[Dev,float,float]] bool|list[bool] dict[str,bool|int]
list[list[int]|int] str|list[str]|None int|list[typing.Any] tuple[int,...]|list[str] typing.Dict[str,Dev|float]""".split()
VALUES = """null true false 0 1 -5 2.0 2.5 1e300 1000000000000000000000000000000 "" "a" "b" "x" "abc" "5" "2.5" "true" "yes"
"det1" "count" "7.0" "+3" "-0012" "1e5" NaN [] [1] [1,2] [1.0,2.5] ["a"] ["a","b"] ["1","2"] ["det1"] ["det1","motor"]
["det1","count"] ["bad"] [true] [null] [1,"a"] [[1,2],[3]] [[1.5],["x"]] ["a",[1]] ["a",[1],2] [5,[]] [{"a":1}]
["det1",2] ["det1",2.5] {} {"a":1} {"a":"1"} {"1":"x"} {"det1":1} {"a":1.5} {"a":[1,2.5]} {"a":"det1"} {"a":null} {"a":true}
["e1"] "e1" [1.5] [2,2.5] ["2",2.5] [["det1",1,2],["motor",0.5,1]] [{"a":2.5,"b":null}] [1,[2]] [false,true]""".split()
ODD = ["bytes", "complex", "type", "typing.Type[int]"]


def annotation(text):
    result = {"type": text}
    if "Dev" in text:
        result["devices"] = {"Dev": ["det1", "motor", "det.val"]}
    if "Plans" in text:
        result["plans"] = {"Plans": ["count", "scan"]}
    if "Enum1" in text:
        result["enums"] = {"Enum1": ["e1", "e2"]}
    if "Empty" in text:
        result["devices"] = {"Empty": []}
    return result


def description(name, parameters=()):
    return {"name": name, "properties": {"is_generator": True}, "parameters": list(parameters)}


def parameter(name, kind=1, **members):
    return {"name": name, "kind": {"name": inspect._ParameterKind(kind).name, "value": kind}, **members}


def validated(parameters, item):
    names = {n: description(n) for n in ("count", "scan")}
    success, text = ops.validate_plan(
        {"name": "p", **item}, allowed_plans={"p": description("p", parameters), **names}, allowed_devices=devices
    )
    return True if success else text.removeprefix("Plan validation failed: ").split("\nPlan: {")[0]


def types():
    result = []
    for text in TYPES:
        answers = []
        for value in VALUES:
            answer = validated([parameter("x", annotation=annotation(text))], {"args": [json.loads(value)]})
            # Texts of these are different; that the value is refused is the same.
            if answer is not True and ("ValidatorIterator" in answer or text in ODD or "maximum size" in answer
                                       or not re.match("[1-9]|Error in", answer)):
                answer = False
            # To keep the file small, only some of the long reports are recorded.
            if answer is not True and "validation error" in str(answer) and random.random() < 0.9:
                answer = False
            answers.append(answer)
        result.append({"annotation": annotation(text), "answers": answers})
    return {"values": [json.loads(v) for v in VALUES], "types": result}


# Binding of arguments


def bindings():
    result = []
    kinds = [[], [1], [1, 1], [0, 1], [1, 2], [1, 3], [1, 2, 3], [1, 2, 3, 4], [0, 0, 4], [1, 1, 2, 3, 3, 4], [3, 4], [2], [4]]
    for signature in kinds:
        for _ in range(40):
            default, parameters = False, []
            for index, kind in enumerate(signature):
                p = parameter("abcdef"[index], kind)
                default = random.random() < 0.4 if kind == 3 else default or random.random() < 0.3
                if kind not in (2, 4) and default:
                    p["default"] = "0"
                parameters.append(p)
            args = list(range(random.choice([0, 0, 1, 1, 2, 3, 4])))
            kwargs = {k: k.upper() for k in random.sample("abcdefz", random.choice([0, 0, 1, 1, 2, 3]))}
            answer = attempt(ops.bind_plan_arguments, plan_args=args, plan_kwargs=kwargs, plan_parameters={"parameters": parameters})
            if "value" in answer:
                answer = {"value": {k: list(v) if isinstance(v, tuple) else v for k, v in answer["value"].arguments.items()}}
            result.append({"parameters": parameters, "args": args, "kwargs": kwargs, **answer})
    return result


# Ranges


def ranges():
    result = []
    values = [[5], [11], [-11], [[0, -10.5, 99]], [[[1, 20], -30]], [{"a": {"b": 10.0000001}}], [True], ["99"], [None], [1, 2, 30]]
    for limits in [{"min": "-10", "max": "10"}, {"min": "0.5"}, {"max": "10.0"}, {"max": "1e1"}, {"min": "x"}, {"max": "-1"}]:
        for kind in (1, 2):
            for args in values:
                args = args if kind == 2 else args[:1]
                parameters = [parameter("x", kind, **limits)]
                answer = validated(parameters, {"args": args})
                result.append({"parameters": parameters, "args": args, "answer": answer})
    return result


# Regular expressions

EXPRESSIONS = r"""^det$ ^_ .* det det\d+ ^motor\d+$ ^det[3-5]$ ^(det|motor)\d?$ (?<=t)1 (?<!t)1 (?<=e|t)1 (?P<n>a)(?P=n) (a)\1
a{,2}$ a{2,}$ ^a{2}$ x{ x{1 {} a{} a{,}$ \Z \A_ ( ) [ ] * a** a++ a+?$ a*+a \p{L} (?i)DET (?i:d)et det(?!3) det(?=3) ^\w+_\d$ [^_]$ a| |a
()* (a*)*$ (a|b)*c [[:alpha:]] \Qa\E (?x)d\ e\ t (?x)d#c \1 (a)\2 a{2,1} [z-a] \x64 \u0064 \144 \400 (?(1)a|b) (a)?(?(1)b|c)$ [a&&b]
[a--b] []a] [^]a] [\w.-]+$ } [\]a] [a\-z]$ \bval \Bal (?>a+)b (?:ab)+$ (?P<n>x)(?P<n>y) (?P<1>x) (?=a)* ^* \e \8 [\d-z] (?s).\n (?m)^b
(?<=a+)b (?<=(a)|b)c (?#x)det (?#x (?i)(?s)DET a(?i)b (?-i:a) (?z) (?i (?a)\w+$ \d \s \S+\s\S+ (?u)\w [\b] \. sim_bundle_A\..*\.val$ ^det.*val$
(a+)+$ (a|aa)+$ ^(?:a?){3}a{3}$ ((((a)))) (?:(?:a)) .{3} ^.{4}$ ^...$ \D+$ [^\W\d_]+$ é [à-ü] \0 \01 [\1] (?P=n) (?P<n (?<n>a) a{1000} [-a] [a-] [+--]
(?i)[A-C]$ (?i)É .*? ^.*?1$ (?:|a)+b (a)|b\1 ((a)|b)+\2$ (?(2)a|b)(c) (?P<n>a)?(?(n)b|c)$ [\s\S] a$b ^^a a$$ \\ \/""".split()
TEXTS = ["", "det", "det1", "det3", "det12", "motor", "motor1", "_private", "a", "aa", "aaa", "aaaa", "ab", "abab", "b", "c", "x{", "x{1", "{}",
         "]", "d e t", "det.val", "sim_bundle_A.dets.det_A.val", "é", "É", "a.b", "a\n", "\nb", "a b", "a&b", "-", "a-z", "\\", "aaaaaaab", "B"]


def expressions():
    result = []
    for pattern in EXPRESSIONS:
        try:
            compiled = re.compile(pattern)
            result.append([pattern, [bool(compiled.search(t)) for t in TEXTS]])
        except (re.error, OverflowError):
            result.append([pattern, None])
    return {"texts": TEXTS, "expressions": result}


# Name patterns: filters of devices and plans, and lists of names

PATTERNS = """det det.val det1.val.x sim_bundle_A sim_bundle_A.dets sim_bundle_A.dets.det_A none :^det :^det$ :det:val :^det:^val$ :-^det:^val$
:+^det:+^val$ :?det.*val$ :?det.*val$:depth=1 :?.*:depth=2 :?.*:depth=5 :?.* :^sim:?val$ :^sim:?val$:depth=2 :-^sim:?^dets.*val$ :^_:?.*
__READABLE__:.* __MOTOR__:.* __DETECTOR__:.* __FLYABLE__:.* __MOTOR__:?.* __DETECTOR__:?^det.*:depth=2 __FLYABLE__:?.* :.*:.*:.* :.*:.*:.*:.*
:-.*:-.*:x$ :^motor\\d+$:?.* :^sim_bundle_A:^dets$:+det_A$ :^d:-^I :?^sim_bundle_B\\.mtrs\\.[xy]$ :( :?(:depth=2 :?a:b :?a:depth=x :?a:depth=0 : :: :a:
__FOO__:a a..b .a a. 1a a-b :?a:depth=2:b :depth=2 :+ :? :-""".split()


def tree(items, prefix=""):
    names = []
    for name in sorted(items):
        item = items[name]
        names.append(prefix + name + ("!" if item.get("excluded") else ""))
        names += tree(item.get("components", {}), prefix + name + ".")
    return names


def patterns():
    result = []
    few = ["sim_bundle_A", "det", "det1", "det3", "motor", "motor1", "flyer1", "custom_test_flyer"]
    few = {name: devices[name] for name in few}
    choices = [([p], []) for p in PATTERNS] + [([None], [p]) for p in PATTERNS]
    for _ in range(60):
        choices.append((random.sample(PATTERNS[:36], 3), random.sample(PATTERNS[:36], random.choice([0, 1, 2]))))
    choices += [([], []), ([None], []), ([None], [None]), (["det", None], []), ([None, "det"], ["det"])]
    for allowed, forbidden in choices:
        answer = attempt(lambda: tree(ops._filter_device_tree(few, allowed, forbidden)))
        simple = attempt(lambda: sorted(ops._select_allowed_plans(plans, allowed, forbidden)))
        result.append({"allowed": allowed, "forbidden": forbidden, "devices": answer.get("value"), "plans": simple.get("value")})
    return result


def expansions():
    result = []
    for p in PATTERNS:
        answer = attempt(ops._expand_parameter_annotation, {"type": "D", "devices": {"D": [p, "det"]}},
                         existing_devices=devices, existing_plans=plans)
        result.append([p, answer["value"]["devices"]["D"] if "value" in answer else None])
    return result


# Texts


def random_value(depth=0):
    kind = random.choice("nbifsssss" + ("lldddd" if depth < 4 else ""))
    if kind == "n":
        return None
    if kind == "b":
        return random.random() < 0.5
    if kind == "i":
        return random.choice([0, 1, -5, 10**20, 123456])
    if kind == "f":
        return random.choice([0.1, 1e300, 2.0, -1.5e-7, 1e16])
    if kind == "s":
        words = ["".join(random.choice(string.ascii_letters + "'\"\\é\t") for _ in range(random.randrange(12))) for _ in range(random.randrange(14))]
        return random.choice([" ", "  ", "\n", ""]).join(words)
    size = random.choice([0, 1, 2, 3, 5, 12] if depth < 2 else [0, 1, 2, 3])
    if kind == "l":
        return [random_value(depth + 1) for _ in range(size)]
    keys = [random.choice(["a", "name", "kwargs", "back", "it's", "a longer key of some words", "é"]) + str(i or "") for i in range(size)]
    return {k: random_value(depth + 1) for k in keys}


def prints():
    values = [{"item_type": "plan", "name": "count", "args": [["det1", "det2"]], "kwargs": {"num": 1}, "meta": {"comment": "word " * 40}}]
    values += [{"a": "x" * 3000, "b": "x" * 3000, "cc": "x" * 3000}, {str(i): i for i in range(40)}, list(range(30)), "word " * 30, "x" * 100]
    values += [{"plans_allowed": {"count": {"a": 1}, "scan": {}}, "traceback": "y" * 1100}, [], {}, "", [[[[["deep " * 20]]]]]]
    values += [random_value() for _ in range(60)]
    return [[value, str(PPrintForLogging(value))] for value in values]


LITERALS = r"""1 -1 +1 - 1_000 0x1F -0x10 0b11 0o17 1.5 -1.5e3 1e5 .5 5. 'a' "a" 'it\'s' '\n\t\\' '\x41\u00e9' r'\n' u'x' 'a''b' '''a'b''' None True False
[] [1] [1,] [,] (1,) (1) () (1,2) {} {1} {'a':1} {'a':[1,{'b':None}]} {1:2} {'a':1,} [1,2 'a a 1a nan inf __import__('os') [1][0] -'a' 1+1 --1 007 1__0 {'a':1,2} b'x'"""


def literals():
    import ast

    result = []
    for text in LITERALS.split():
        try:
            value = ast.literal_eval(text)
            value = sorted(value) if isinstance(value, set) else value
            result.append([text, {"value": json.loads(json.dumps(value))}])
        except Exception:
            result.append([text, {}])
    return result


SCALARS = """1 -1 +1 1_000 017 0x1F 0b11 08 1.5 -1.5e+3 1e5 1.0e5 1.5e-7 .5 5. . .inf -.INF .nan true True yes YES on off no y n ~ null Null NULL nULL
0 00 + -a 1a a1 1.2.3 0o17 2020-01-01""".split()


def scalars():
    import datetime

    result = []
    for text in SCALARS:
        value = yaml.safe_load("- " + text)[0]
        if isinstance(value, (datetime.date, float)) and value != value:
            value = "nan"
        if not isinstance(value, datetime.date):
            result.append([text, value])
    return result


recorded = {f.__name__: f() for f in [types, bindings, ranges, expressions, patterns, expansions, prints, literals, scalars]}
(here / "reference.json").write_text(json.dumps(recorded, separators=(",", ":")))
