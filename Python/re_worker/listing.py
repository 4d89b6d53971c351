"""The lists of plans and devices on standard output, without a manager."""

from __future__ import annotations

import os
import sys

from re_worker import json_values
from re_worker.environment import Environment, StartupFailure


def print_lists(environment: Environment) -> int:
    """Runs the startup code and prints the lists as JSON; what the code itself prints goes to standard error.

    :returns: the exit code.
    """
    with os.fdopen(os.dup(1), "wb") as output:
        os.dup2(2, 1)
        try:
            environment.open()
        except StartupFailure as failure:
            print(f"{failure.traceback}\n{failure}", file=sys.stderr)
            return 1
        output.write(json_values.encode(environment.lists))
    return 0
