"""Checks documents (lines {"name": …, "doc": …}) against the schemas of the package event-model.

usage: check_documents.py FILE
"""

import json
import sys

from event_model import DocumentNames, schema_validators

names = []
with open(sys.argv[1]) as file:
    for line in file:
        entry = json.loads(line)
        schema_validators[DocumentNames[entry["name"]]].validate(entry["doc"])
        names.append(entry["name"])
assert names[0] == "start" and names[-1] == "stop", names
print(len(names), "documents are valid")
