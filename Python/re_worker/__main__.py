"""Starts the Python worker. The supervisor runs this folder with the interpreter of the profile."""

import os
import sys

if sys.version_info < (3, 9):
    sys.exit(f"{sys.executable} is Python {sys.version.split()[0]}; the worker needs Python 3.9 or newer.")

try:
    import zmq  # noqa: F401
except ImportError:
    sys.exit(
        f"The Python interpreter {sys.executable} has no package 'pyzmq', which the worker needs. "
        f"Install it with '{sys.executable} -m pip install pyzmq', or name another interpreter with --python."
    )

# Nothing in this folder shall hide a module of the profile that has the same name.
sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from re_worker.process import main  # noqa: E402

if __name__ == "__main__":
    main()
