"""Compares every answer of the library with the committed ones.

    LD_LIBRARY_PATH=PREFIX/lib python3 bindings/python/golden.py tests/golden/answers.tsv
"""

import sys
from array import array

import optout

WORDS = ("gp-record", "beyond-controller", "identifiable", "research")


def judged(judge):
    """Status and field of a judgement; a failure must say in words what is wrong."""
    try:
        judge()
        return [0, 0]
    except optout.Failure as failure:
        assert failure.message, "a failure without a message"
        return [failure.status, failure.field]


class Golden:
    def __init__(self):
        self.ruling = None
        self.register_ = optout.Register("tests/c/national.register", 14)

    def word(self, field, number, code):
        return [optout.number(int(field), code), optout.code(int(field), int(number))], \
            [int(number), code]

    def number(self, field, text, status, number):
        try:
            found = [0, optout.number(int(field), text)]
        except optout.Failure as failure:
            found = [failure.status, 0]
        return found, [int(status), int(number)]

    def disclosure(self, *fields):
        *question, status, field = map(int, fields)
        names = ("on", "origin", "boundary", "identifiability", "purpose", "bases", "conditions")
        asked = optout.Disclosure(struct_size=64, **dict(zip(names, question)))
        self.ruling = optout.Ruling()
        return judged(lambda: self.ruling.assess(asked)), [status, field]

    def flow(self, flow, on, status, field):
        self.ruling = optout.Ruling()
        return judged(lambda: self.ruling.assess_flow(flow, int(on))), \
            [int(status), int(field)]

    def verdicts(self, status, digits):
        found, verdicts = self.ruling.decide_many(bytes(range(256)))
        for no_byte in (-1, 261, 5.0, 5.5, 2**32 + 5, True, "5", None):
            assert not self.ruling.decide(no_byte).allowed
            assert self.ruling.decide_many([no_byte])[1] == b"\0"
            assert self.ruling.clauses(no_byte) == self.ruling.clauses(optout.PATIENT_INVALID)
        for no_status in (2**32 + 1, -1, 1.0, "1", None):
            assert optout.patient(no_status, 1, 1) == optout.PATIENT_INVALID
            assert optout.patient(1, 1, 1, no_status) == optout.PATIENT_INVALID
            assert optout.patient(1, 1, 1, False, no_status) == optout.PATIENT_INVALID
        # Each item is a patient, whatever its width; none is cut, and none is read as several.
        for wide in "bBhHiIqQ":
            patients = array(wide, range(128))
            assert self.ruling.decide_many(patients) == self.ruling.decide_many(bytes(range(128)))
        many = self.ruling.decide_many(array("H", [261] * 3 + [255]))
        assert many == self.ruling.decide_many(bytes([255] * 4))
        for cut in (
                lambda: optout.Disclosure(on=2**32 + 20260601),
                lambda: optout.disclosure(20260601.0, *WORDS),
                lambda: self.ruling.assess_flow("cprd", 2**32 + 20260601),
                lambda: self.register_.national(2**32 + 20260601, "9434700027"),
                lambda: optout.Register("tests/c/national.register", 2**32 + 14)):
            try:
                cut()
            except ValueError:
                continue
            raise AssertionError("a number was cut")
        return [found, "".join(map(str, verdicts))], [int(status), digits]

    def patient(self, *fields):
        *statuses, clauses = fields
        type1, national, programme, consent, objection, *expected = map(int, statuses)
        byte = optout.patient(type1, national, programme, consent, objection)
        it = self.ruling.decide(byte)
        assert it.allowed == (it.status == 0 and it.verdict == 1)
        found = [byte, it.status, it.verdict, it.reason, it.route, it.blocked_by,
                 it.unverified_bases, it.unverified_conditions]
        named = ",".join(map(str, self.ruling.clauses(byte))) or "-"
        return [*found, named], [*expected, clauses]

    def register(self, path, days, status):
        def opened():
            self.register_ = optout.Register(path, int(days))
        return judged(opened)[:1], [int(status)]

    def national(self, on, number, status, national):
        answer = [0]

        def ask():
            answer[0] = self.register_.national(int(on), number)
        return judged(ask)[:1] + answer, [int(status), int(national)]

    def json(self, question, status, answer):
        return list(optout.decide_json(question)), [int(status), answer]


def main(path):
    golden, equal, different = Golden(), 0, 0
    with open(path, encoding="utf-8", newline="\n") as lines:
        for place, line in enumerate(lines, 1):
            if line.startswith("#"):
                continue
            kind, *fields = line.rstrip("\n").split("\t")
            found, expected = getattr(golden, kind)(*fields)
            if found == expected:
                equal += 1
            else:
                different += 1
                print(f"line {place}: {kind}: found {found}, expected {expected}")
    print(f"{equal} answers equal" if not different else f"{different} answers differ")
    return 1 if different or not equal else 0


sys.exit(main(sys.argv[1]))
