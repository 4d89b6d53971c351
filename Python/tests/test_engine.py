"""The run engine as the worker uses it."""

import gc
import unittest

import support  # noqa: F401
from bluesky import RunEngine
from bluesky.plans import count
from ophyd.sim import det

from re_worker.engine import Engine


class Follower:
    def __init__(self, names):
        self._names = names

    def follow(self, name, document):
        self._names.append(name)


class EngineTests(unittest.TestCase):
    def test_a_follower_of_documents_that_has_gone_changes_nothing_in_the_engine(self):
        run_engine = RunEngine({})
        engine = Engine(run_engine, lambda state: None, lambda statuses: None)
        names = []
        follower = Follower(names)
        engine.run(count([det]), follower.follow, {})
        self.assertEqual(names, ["start", "descriptor", "event", "stop"])
        callbacks = run_engine.dispatcher.cb_registry.callbacks
        before = {signal: set(connected) for signal, connected in callbacks.items()}
        del follower
        # On whatever thread that happens.
        gc.collect()
        self.assertEqual({signal: set(connected) for signal, connected in callbacks.items()}, before)
        engine.run(count([det]), Follower(names).follow, {})

    def test_metadata_that_cannot_be_copied_are_an_error_in_the_end(self):
        class Closed:
            def keys(self):
                raise RuntimeError("the file is closed")

        run_engine = RunEngine({})
        run_engine.md = Closed()
        with self.assertRaisesRegex(RuntimeError, "the file is closed"):
            Engine(run_engine, lambda state: None, lambda statuses: None).metadata()


if __name__ == "__main__":
    unittest.main()
