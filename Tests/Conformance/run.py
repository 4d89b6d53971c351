#!/usr/bin/env python3
"""Runs the recorded exchanges of the conformance kit against this project's manager, several scenarios at a time.

usage: run.py KIT BIN [--jobs N] [--python] [scenario ...]

KIT is the folder with replay.py and scenarios/, BIN the folder of the built programs. Steps that waivers.json names are
subtracted: each entry has the worker, the scenario, its steps and the reason. Prints what is left and ends with a line
`N passed, M failed, K skipped`.

By default the native worker runs the simulated profile of this project. With --python the Python worker runs the
reference's own, untouched, with the interpreter that runs this script.
"""

import argparse
import concurrent.futures
import json
import pathlib
import re
import socket
import subprocess
import sys

HERE = pathlib.Path(__file__).parent


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def python_options():
    """Options for the Python worker with the reference's simulated profile."""
    import bluesky_queueserver

    profile = pathlib.Path(bluesky_queueserver.__file__).parent / "profile_collection_sim"
    return f"--startup-dir {profile} --python {sys.executable} "


def run_scenario(kit, programs, name, options):
    control, info = free_port(), free_port()
    start = (
        f"{programs}/start-re-manager --zmq-control-addr {{control}} --zmq-info-addr {{info}} "
        f"--state-dir {{state}} --update-existing-plans-devices NEVER {options}{{options}}"
    )
    command = [
        sys.executable, str(kit / "replay.py"), "check", "--address", f"tcp://127.0.0.1:{control}",
        "--info-address", f"tcp://127.0.0.1:{info}", "--timeout-scale", "2", "--start", start, name,
    ]
    return subprocess.run(command, capture_output=True, text=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kit", type=pathlib.Path)
    parser.add_argument("programs", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=3)
    parser.add_argument("--python", action="store_true")
    parser.add_argument("scenarios", nargs="*")
    args = parser.parse_intermixed_args()

    waivers = json.loads((HERE / "waivers.json").read_text())
    worker = "python" if args.python else "native"
    waived = {
        (w["scenario"], step) for w in waivers["waived"] if w.get("worker", worker) == worker for step in w["steps"]
    }
    skipped = [name for name, skip in waivers["skipped"].items() if skip.get("worker", worker) == worker]
    names = args.scenarios or sorted(path.stem for path in (args.kit / "scenarios").glob("*.json"))
    names = [name for name in names if name not in skipped]

    options = python_options() if args.python else ""
    passed = failed = 0
    used = set()
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        runs = {pool.submit(run_scenario, args.kit, args.programs, name, options): name for name in names}
        for run in concurrent.futures.as_completed(runs):
            name, result = runs[run], run.result()
            total = re.search(r"(\d+) passed, (\d+) failed", result.stdout)
            if total is None:
                print(f"{name}: the kit broke off\n{result.stdout[-2000:]}{result.stderr[-2000:]}")
                failed += 1
                continue
            wrong = {}
            for line in result.stdout.splitlines():
                match = re.match(r"MISMATCH (\S+) step (\d+)", line)
                if match:
                    wrong.setdefault(int(match[2]), []).append(line)
            left = {step: lines for step, lines in wrong.items() if (name, step) not in waived}
            used |= {(name, step) for step in wrong if (name, step) in waived}
            for lines in left.values():
                print("\n".join(line[:400] for line in lines))
            steps = int(total[1]) + int(total[2])
            # A wait that was not fulfilled is a mismatch of its own, besides the step that it counts against.
            bad = max(len(left), int(total[2]) - len(wrong) + len(left)) if left else 0
            passed += steps - bad
            failed += bad
            print(f"{name}: {steps - bad} of {steps} steps agree" + (f", {len(wrong) - len(left)} waived" if len(wrong) > len(left) else ""), flush=True)

    if not args.scenarios:
        for scenario, step in sorted(waived - used):
            print(f"The waiver of {scenario} step {step} is not needed any more")
    print(f"{passed} passed, {failed} failed, {len(skipped)} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
