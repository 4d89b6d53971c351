"""From items to calls of plans."""

import types
import unittest

import support  # noqa: F401

from re_worker.calls import CallError, PlanCall


class CallTests(unittest.TestCase):
    def setUp(self):
        self.axis = object()
        stage = types.SimpleNamespace(x=self.axis)
        self.received = []

        def plan(detectors, *args, num=1, md=None, **others):
            self.received.append((detectors, args, num, md, others))
            return iter(())

        self.namespace = {"plan": plan, "stage": stage, "helper": len}

    def call(self, **members):
        PlanCall("plan", members).make_plan(self.namespace)
        return self.received.pop()

    def test_arguments_reach_their_parameters(self):
        arguments = {"detectors": [1], "args": [2, 3], "num": 4, "others": {"a": 5}}
        self.assertEqual(self.call(arguments=arguments), ([1], (2, 3), 4, None, {"a": 5}))

    def test_names_are_replaced_where_they_are_meant_as_names(self):
        result = self.call(
            arguments={"detectors": ["stage", "stage"], "args": [{"axis": "stage.x"}], "md": {"axis": "stage.x"}},
            references=[
                {"path": ["detectors", 1], "kind": "device"},
                {"path": ["args", 0, "axis"], "kind": "device"},
            ],
        )
        self.assertEqual(
            result, (["stage", self.namespace["stage"]], ({"axis": self.axis},), 1, {"axis": "stage.x"}, {})
        )

    def test_an_expression_that_stands_for_nothing_is_a_text(self):
        result = self.call(
            arguments={"detectors": ["helper", "nothing"]},
            references=[{"path": ["detectors", index], "kind": "expression"} for index in (0, 1)],
        )
        self.assertEqual(result[0], [len, "nothing"])

    def test_an_argument_may_be_a_name_itself(self):
        self.assertIs(
            self.call(arguments={"detectors": "stage.x"}, references=[{"path": ["detectors"], "kind": "device"}])[0],
            self.axis,
        )

    def test_what_is_not_there_any_more_is_named(self):
        with self.assertRaisesRegex(CallError, "'stage.y' is not in the namespace"):
            self.call(arguments={"detectors": ["stage.y"]}, references=[{"path": ["detectors", 0], "kind": "device"}])
        with self.assertRaisesRegex(CallError, "no parameters \\['speed'\\] any more"):
            self.call(arguments={"detectors": [], "speed": 1})
        with self.assertRaisesRegex(CallError, "not allowed"):
            self.call(error="not allowed")
        del self.namespace["plan"]
        with self.assertRaisesRegex(CallError, "'plan' is not in the namespace"):
            self.call(arguments={"detectors": []})


if __name__ == "__main__":
    unittest.main()
