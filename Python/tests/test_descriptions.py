"""What the lists of plans and devices say."""

import contextlib
import io
import unittest
import warnings

import support  # noqa: F401

from re_worker.descriptions.lists import Lists
from re_worker.descriptions.name_patterns import expand_devices, expand_plans
from re_worker.descriptions.plans import PlanDescriptionError, describe_plan

try:
    from bluesky_queueserver.manager import profile_ops as reference

    # The stand-in has a module of this name, too.
    HAS_REFERENCE = hasattr(reference, "existing_plans_and_devices_from_nspace")
except ImportError:
    HAS_REFERENCE = False


@unittest.skipUnless(HAS_REFERENCE, "bluesky-queueserver is not installed")
class ReferenceTests(unittest.TestCase):
    """The lists are those of bluesky-queueserver."""

    maxDiff = 5000

    def compare(self, namespace, max_depth=0):
        plans, devices, _, _ = reference.existing_plans_and_devices_from_nspace(
            nspace=namespace, max_depth=max_depth, ignore_invalid_plans=True
        )
        self.assertGreater(len(plans), 5)
        ours = Lists(max_depth, ignores_invalid_plans=True)
        ours.update(namespace)
        for kind, expected in (("plans", plans), ("devices", devices)):
            self.assertEqual(sorted(ours.json[kind]), sorted(expected))
            for name, description in expected.items():
                self.assertEqual(ours.json[kind][name], description, name)

    def test_of_sample_plans_with_every_kind_of_annotation(self):
        import sample_plans

        self.compare(vars(sample_plans))
        self.compare(vars(sample_plans), max_depth=1)

    def test_of_all_plans_of_bluesky(self):
        import bluesky.plan_stubs
        import bluesky.plans
        import bluesky.preprocessors

        for module in (bluesky.plans, bluesky.plan_stubs, bluesky.preprocessors):
            self.compare({name: value for name, value in vars(module).items() if not name.startswith("__")})

    def test_of_the_simulated_profile(self):
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            namespace = reference.load_worker_startup_code(startup_dir=reference.get_default_startup_dir())
        self.compare(namespace)
        self.compare(namespace, max_depth=2)


class PlanTests(unittest.TestCase):
    def test_a_default_that_is_no_literal_is_an_error_that_names_plan_and_parameter(self):
        def plan(a=object()):
            yield

        with self.assertRaisesRegex(PlanDescriptionError, "plan 'plan'.*default value of parameter 'a'"):
            describe_plan(plan, {}, [])

    def test_plans_that_cannot_be_described_are_left_out_only_if_that_is_wanted(self):
        def good():
            yield

        def bad(a=object()):
            yield

        namespace = {"good": good, "bad": bad}
        with self.assertRaises(PlanDescriptionError):
            Lists(0, ignores_invalid_plans=False).update(namespace)
        lists = Lists(0, ignores_invalid_plans=True)
        self.assertTrue(lists.update(namespace))
        self.assertEqual(list(lists.json["plans"]), ["good"])
        self.assertFalse(lists.update(namespace))


class NamespaceTests(unittest.TestCase):
    def test_objects_that_cannot_be_looked_at_are_neither_plans_nor_devices(self):
        class Offline:
            def __getattr__(self, name):
                raise ConnectionError("no server")

        def plan():
            yield

        lists = Lists(0, ignores_invalid_plans=False)
        lists.update({"proxy": Offline(), "plan": plan})
        self.assertEqual(list(lists.json["plans"]), ["plan"])
        self.assertEqual(lists.json["devices"], {})


class NamePatternTests(unittest.TestCase):
    @staticmethod
    def device(readable, movable, **components):
        described = {"is_readable": readable, "is_movable": movable, "is_flyable": False}
        return {**described, "components": components} if components else described

    def setUp(self):
        axis = self.device(True, True)
        self.devices = {
            "det": self.device(True, False),
            "stage": self.device(False, True, x=axis, y=axis, cam=self.device(True, False, gain=axis)),
        }

    def test_patterns_for_devices(self):
        for pattern, expected in [
            ("det", ["det"]),
            ("stage.z", ["stage.z"]),
            (":^st", ["stage"]),
            (":^st:^[xy]$", ["stage", "stage.x", "stage.y"]),
            (":-^st:^[xy]$", ["stage.x", "stage.y"]),
            (":?x$", ["stage.x"]),
            (":?.*:depth=1", ["det", "stage"]),
            ("__MOTOR__:?.*", ["stage.cam.gain", "stage.x", "stage.y"]),
            ("__DETECTOR__:?.*:depth=2", ["det", "stage.cam"]),
            (":-stage:?gain", ["stage.cam.gain"]),
        ]:
            self.assertEqual(expand_devices([pattern], self.devices), expected, pattern)

    def test_patterns_that_are_malformed(self):
        for pattern in ["", ":", "a b:", "2x", "a..b", ":(", "__X__:a", ":?a:b", ":?a:depth=0", ":?a:depth=x"]:
            with self.assertRaises(ValueError, msg=pattern):
                expand_devices([pattern], self.devices)

    def test_patterns_for_plans(self):
        self.assertEqual(expand_plans([":^c", "scan"], ["count", "scan", "b"]), ["count", "scan"])
        for pattern in [":a:b", "__MOTOR__:a", ":?a:depth=2"]:
            with self.assertRaises(ValueError, msg=pattern):
                expand_plans([pattern], ["count"])


if __name__ == "__main__":
    unittest.main()
