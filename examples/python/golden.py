"""Compares every answer of the library with the committed ones.

    LD_LIBRARY_PATH=PREFIX/lib python3 examples/python/golden.py tests/golden/answers.tsv
"""

import sys

import optout


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
        self.register_ = None

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
        for no_byte in (-1, 261, 5.5, 2**32 + 5):
            assert not self.ruling.decide(no_byte).allowed
        assert optout.patient(2**32 + 1, 1, 1) == optout.PATIENT_INVALID
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
