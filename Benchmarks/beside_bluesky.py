"""Measures the run engine and bluesky, one after the other on this machine, and prints the ratios.

usage: beside_bluesky.py [--python PYTHON] [--rounds N] [--engine PROGRAM]

PYTHON is an interpreter that has bluesky (default: the one that runs this); PROGRAM the benchmark of this folder, built
for release (default: where `swift build -c release` leaves it). The rates are operations in a second of processor time,
so that other work on the machine matters little; of several rounds the median counts. The exit code is 1 if a ratio is
below what is wanted of the engine.
"""

import argparse
import pathlib
import statistics
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent

# How many times as fast as bluesky the engine is to be.
WANTED = {
    "null": 10,
    "null, nothing kept for replay": 10,
    "set and wait": 10,
    "count": 40,
    "count, a subscriber": 40,
    "count, lines of JSON": 40,
    "count, against bluesky's bare engine": 13,
    "scan": 40,
    "grid_scan 100 × 100": 40,
    "open and close": 10,
    "calls of the engine": 10,
}
MOST_MEMORY = 5  # MiB by which a run of a million events may grow


def bluesky(python, case):
    run = subprocess.run([python, FOLDER / "bluesky_cases.py", case], capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"bluesky did not carry out '{case}':\n{run.stderr[-2000:]}")
    return float(run.stdout)


def engine(program):
    run = subprocess.run([program, "--rates"], capture_output=True, text=True, check=True)
    pairs = (line.split("\t") for line in run.stdout.splitlines())
    return {name: float(value) for name, value in pairs}


def medians(rounds, measure):
    """The median of each value over several rounds."""
    results = [measure() for _ in range(rounds)]
    return {name: statistics.median(result[name] for result in results) for name in results[0]}


def main():
    parser = argparse.ArgumentParser(description="Measures the run engine beside bluesky.")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has bluesky")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--engine", default=FOLDER / ".build/release/EngineBenchmarks", help="the benchmark program")
    options = parser.parse_args()

    cases = [*WANTED, "pause of a sleep"]
    theirs = medians(options.rounds, lambda: {case: bluesky(options.python, case) for case in cases})
    ours = medians(options.rounds, lambda: engine(options.engine))

    print(f"{'in a second of processor time':40}{'engine':>12}{'bluesky':>12}{'ratio':>9}{'wanted':>9}")
    missed = 0
    for case, wanted in WANTED.items():
        ratio = ours[case] / theirs[case]
        missed += ratio < wanted
        verdict = "" if ratio >= wanted else "  MISSED"
        print(f"{case:40}{ours[case]:12,.0f}{theirs[case]:12,.0f}{ratio:9.1f}{wanted:9}{verdict}")
    print()
    for case, value in ours.items():
        if case.startswith(("pause", "abort")):
            beside = f" (bluesky {theirs[case]:.3f} ms)" if case in theirs else ""
            print(f"{case}: {value:.3f} ms{beside}")
    growth = ours["memory of a million events"]
    missed += growth > MOST_MEMORY
    print(f"memory after a million events of one run: {growth:.1f} MiB more than before")
    sys.exit(1 if missed else 0)


main()
