"""Checks documents against the package event-model, and how they fit together.

usage: check_documents.py FILE

Each line of the file is {"name": …, "doc": …}. A line {"case": …} begins another call of the engine, which the problems
after it are about.
"""

import json
import sys

from event_model import DocumentNames, schema_validators


class Call:
    """The documents of one call of the engine."""

    def __init__(self):
        self.uids = set()
        self.runs = {}  # uid of a run: names of its streams and the data keys of each
        self.closed = set()
        self.descriptors = {}
        self.numbers = {}  # (run, stream): numbers of its events so far
        self.files = {}
        self.pieces = set()

    def problems(self, name, doc):
        for error in schema_validators[DocumentNames[name]].iter_errors(doc):
            yield f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        uids = doc.get("uid", [])
        for uid in [uids] if isinstance(uids, str) else uids:
            if uid in self.uids:
                yield f"the uid {uid} is there twice"
            self.uids.add(uid)
        yield from getattr(self, "take_" + name)(doc)

    def end(self):
        for run in self.runs:
            if run not in self.closed:
                yield f"run {run} has no stop document"

    def of_open_run(self, run):
        if run not in self.runs:
            yield "its run was not started"
        elif run in self.closed:
            yield "its run is closed"

    def take_start(self, doc):
        self.runs[doc["uid"]] = {}
        yield from ()

    def take_descriptor(self, doc):
        yield from self.of_open_run(doc["run_start"])
        keys = set(doc["data_keys"])
        if self.runs.get(doc["run_start"], {}).setdefault(doc["name"], keys) != keys:
            yield "the stream had other data keys before"
        objects = doc["object_keys"]
        listed = sorted(key for keys in objects.values() for key in keys)
        if objects and listed != sorted(keys):
            yield f"object_keys {listed} are not the data keys {sorted(keys)}"
        for key, described in doc["data_keys"].items():
            if objects and key not in objects.get(described.get("object_name"), []):
                yield f"{key} does not belong to its object"
        if set(doc["configuration"]) != set(objects):
            yield "configuration and object_keys are of different objects"
        for device, part in doc["configuration"].items():
            if not set(part["data"]) == set(part["timestamps"]) == set(part["data_keys"]):
                yield f"the configuration of {device} has parts with different keys"
        for device, hints in doc["hints"].items():
            if not set(hints.get("fields", [])) <= keys:
                yield f"the hints of {device} are about other keys"
        self.descriptors[doc["uid"]] = doc

    def stream(self, doc):
        descriptor = self.descriptors[doc["descriptor"]]
        return descriptor["run_start"], descriptor["name"]

    def rows(self, doc, numbers):
        if doc["descriptor"] not in self.descriptors:
            yield "its descriptor did not come before"
            return
        yield from self.of_open_run(self.stream(doc)[0])
        last = self.numbers.setdefault(self.stream(doc), [])
        for number in numbers:
            # After a pause events are taken again, with the same numbers.
            if not 1 <= number <= (last[-1] if last else 0) + 1:
                yield f"number {number} after {last[-1:]}"
            last.append(number)
        described = self.descriptors[doc["descriptor"]]["data_keys"]
        inline = {key for key, value in described.items() if value.get("external") != "STREAM:"}
        for part in ("data", "timestamps"):
            if part in doc and set(doc[part]) != inline:
                yield f"{part} has {sorted(doc[part])} where {sorted(inline)} are described"

    def take_event(self, doc):
        yield from self.rows(doc, [doc["seq_num"]])
        described = self.descriptors.get(doc["descriptor"], {}).get("data_keys", {})
        for key, value in described.items():
            if value.get("external", "STREAM:") != "STREAM:":
                if doc["filled"].get(key) is not False:
                    yield f"{key} must be marked as not filled"
                if doc["data"][key] not in self.pieces:
                    yield f"{key} refers to something that did not come before"

    def take_event_page(self, doc):
        yield from self.rows(doc, doc["seq_num"])
        columns = [doc["uid"], doc["time"], doc["seq_num"], *doc["data"].values(), *doc["timestamps"].values()]
        if len({len(column) for column in columns}) != 1:
            yield "the columns differ in length"

    def take_resource(self, doc):
        self.files[doc["uid"]] = doc
        yield from self.of_open_run(doc["run_start"])

    take_stream_resource = take_resource

    def take_datum(self, doc):
        self.pieces.add(doc["datum_id"])
        if doc["resource"] not in self.files:
            yield "its file did not come before"

    def take_stream_datum(self, doc):
        if doc["stream_resource"] not in self.files:
            yield "its file did not come before"
        indices, numbers = doc["indices"], doc["seq_nums"]
        if indices["stop"] - indices["start"] != numbers["stop"] - numbers["start"]:
            yield "rows and numbers differ in length"
        if doc["descriptor"] in self.descriptors:
            self.numbers.setdefault(self.stream(doc), []).extend(range(numbers["start"], numbers["stop"]))

    def take_stop(self, doc):
        yield from self.of_open_run(doc["run_start"])
        self.closed.add(doc["run_start"])
        streams = self.runs.get(doc["run_start"], {})
        if set(doc["num_events"]) != set(streams):
            yield f"num_events is about {sorted(doc['num_events'])}, not about {sorted(streams)}"
        for stream, count in doc["num_events"].items():
            numbers = self.numbers.get((doc["run_start"], stream), [])
            # What was dropped with a pause may have had higher numbers.
            if set(range(1, count + 1)) - set(numbers):
                yield f"{stream} is said to have {count} events, but there are only {sorted(set(numbers))}"


def main(path):
    calls, documents, found = 0, 0, []
    case, call = None, Call()
    with open(path) as file:
        lines = [json.loads(line) for line in file]
    for entry in [*lines, {"case": None}]:
        if "case" in entry:
            found += [f"{case}: {problem}" for problem in call.end()]
            calls += entry["case"] is not None
            case, call = entry["case"], Call()
            continue
        documents += 1
        found += [f"{case}: {entry['name']}: {problem}" for problem in call.problems(entry["name"], entry["doc"])]
    print(f"{documents} documents of {max(calls, 1)} calls, {len(found)} problems")
    print("\n".join(found[:30]))
    sys.exit(1 if found or not documents else 0)


main(sys.argv[1])
