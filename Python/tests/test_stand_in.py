"""The helpers of bluesky-queueserver where it is not installed."""

import os
import subprocess
import sys
import unittest

from support import PYTHON

CODE = """
import bluesky_queueserver
assert "stand_in" in bluesky_queueserver.__file__, bluesky_queueserver.__file__
from bluesky_queueserver import (
    is_ipython_mode, is_re_worker_active, parameter_annotation_decorator, register_device, register_plan
)
from bluesky_queueserver.manager.annotation_decorator import parameter_annotation_decorator as same
from bluesky_queueserver.manager.profile_tools import global_user_namespace, set_user_ns
import inspect

assert same is parameter_annotation_decorator
assert not is_re_worker_active() and not is_ipython_mode()

def refused(annotation):
    try:
        @parameter_annotation_decorator(annotation)
        def plan(a): yield
    except ValueError as error:
        return str(error)

assert "no such parameter" in refused({"parameters": {"b": {}}})
assert "unknown members ['colour']" in refused({"parameters": {"a": {"colour": 1}}})
assert "must be a dictionary" in refused({"parameters": {"a": 1}})

@parameter_annotation_decorator({"parameters": {"a": {"annotation": "int"}}})
def plan(a): yield a
assert inspect.isgeneratorfunction(plan) and list(plan(3)) == [3]
assert plan._custom_parameter_annotation_["parameters"]["a"]["annotation"] == "int"

@set_user_ns
def with_namespace(a, *, user_ns, ipython): return a, user_ns, ipython
global_user_namespace.set_user_namespace(user_ns={"x": 1})
assert with_namespace(2) == (2, {"x": 1}, None)
assert list(inspect.signature(with_namespace).parameters) == ["a"]

register_device("stage", depth=2)
register_plan("secret", exclude=True)
from re_worker.descriptions.lists import Lists
lists = Lists(0, ignores_invalid_plans=False)
lists.update({"plan": plan, "secret": plan})
assert list(lists.json["plans"]) == ["plan"], lists.json["plans"]
"""


class StandInTests(unittest.TestCase):
    def test_startup_code_finds_what_it_imports(self):
        variables = {**os.environ, "PYTHONPATH": os.pathsep.join([os.path.join(PYTHON, "stand_in"), PYTHON])}
        variables.pop("_QSERVER_RE_WORKER_ACTIVE", None)
        result = subprocess.run([sys.executable, "-c", CODE], env=variables, capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stderr)


if __name__ == "__main__":
    unittest.main()
