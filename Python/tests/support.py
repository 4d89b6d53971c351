"""Lets the tests import the worker: python -m unittest discover -s Python/tests"""

import os
import sys

PYTHON = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
if PYTHON not in sys.path:
    sys.path.insert(0, PYTHON)

from re_worker import stand_ins  # noqa: E402

stand_ins.offer()
