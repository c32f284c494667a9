#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of the gates' conditions that people of the field read says what the code does: each
condition that a gate raises stands in data/schema/gates.xml under that gate, with the field that would
meet it, and nothing stands there that no gate raises."""

import re
import sys
import xml.etree.ElementTree as ElementTree

import tap

LIST = "data/schema/gates.xml"
CODES = "src/domain/hw-condition.h"
# Raised by any rule, in place of what a reader may not know.
VEILS = {"safety-condition", "ask-caseworker"}
RAISED = re.compile(r"(HW_CODE_\w+),\s*([^;]*?HW_FIELD_[^;]*?),\s*(?:NULL|\w+|[^,]*?)\s*,")
SHARED = "hw_gate_safe_assessment (question)"


def read(root, path):
    file = root / path
    return file.read_text(encoding="utf-8") if file.exists() else ""


def raised_in(text):
    """[(constant of the code, constants of the fields)] of every condition that is added in text."""
    return [(code, set(re.findall(r"HW_FIELD_\w+", fields)))
            for code, fields in RAISED.findall(text)]


def raised(root):
    """{gate: {code: constants of fields}}"""
    names = dict(re.findall(r'#define (HW_CODE_\w+) "([^"]+)"', read(root, CODES)))
    shared = raised_in(read(root, "src/domain/hw-gates.c"))
    gates = {}
    for path in sorted((root / "src/domain").glob("hw-gate-*.c")):
        text = path.read_text(encoding="utf-8")
        found = raised_in(text) + (shared if SHARED in text else [])
        gate = gates.setdefault(path.stem.removeprefix("hw-gate-"), {})
        for code, fields in found:
            gate.setdefault(names.get(code, code), set()).update(fields)
    # The one condition that stands on an answer and on no move.
    for code, fields in raised_in(read(root, "src/domain/hw-rules.c")):
        gates.setdefault("child", {}).setdefault(names.get(code, code), set()).update(fields)
    return gates, set(names.values())


def declared(root):
    gates = {}
    for gate in ElementTree.fromstring(read(root, LIST)).iter("gate"):
        gates[gate.get("nick")] = {
            condition.get("code"): {"HW_FIELD_" + field.upper().replace(".", "_")
                                    for field in condition.get("field").split()}
            for condition in gate.iter("condition")}
    return gates


def check_conditions(root):
    if not read(root, LIST):
        return [f"{LIST} is not there"]
    code, names = raised(root)
    listed = declared(root)
    problems = []
    for gate in sorted(set(code) | set(listed)):
        ours, theirs = code.get(gate, {}), listed.get(gate, {})
        for name in sorted(set(ours) | set(theirs)):
            if name not in theirs:
                problems.append(f"{LIST}: {gate} lacks {name}")
            elif name not in ours:
                problems.append(f"{LIST}: no code of the {gate} gate raises {name}")
            elif ours[name] != theirs[name]:
                problems.append(f"{LIST}: {gate} {name} is met by {sorted(ours[name])}")
    used = {name for conditions in code.values() for name in conditions}
    problems += [f"{CODES}: no gate raises {name}" for name in sorted(names - used - VEILS)]
    return problems


def tree(listed, raised_code="HW_CODE_ONE", field="HW_FIELD_CASE_OWNER"):
    return {LIST: f"<gates><gate nick='ticket'>{listed}</gate></gates>",
            CODES: '#define HW_CODE_ONE "one"\n',
            "src/domain/hw-gate-ticket.c":
                f"  hw_gate_unmet (question,\n    {raised_code},\n    {field},\n    NULL,\n    NULL);\n"}


ONE = "<condition code='one' field='case.owner' opens='x'/>"

CHECKS = {"gates are as listed": check_conditions}

SAMPLES = [
    ("gates are as listed", "the same on both sides is accepted", tree(ONE), 0),
    ("gates are as listed", "a condition that is not listed is refused", tree(""), 1),
    ("gates are as listed", "a listed condition that nothing raises is refused",
     tree(ONE + ONE.replace("one", "two")), 1),
    ("gates are as listed", "another field is refused",
     tree(ONE, field="HW_FIELD_CASE_STATUS"), 1),
]

if __name__ == "__main__":
    sys.exit(tap.run(sys.argv[1], CHECKS, SAMPLES))
