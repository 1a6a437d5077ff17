"""An electronic patient record asks before it sends: `examples/epr.c` in Python.

    LD_LIBRARY_PATH=PREFIX/lib python3 bindings/python/epr.py
"""

import sys

import optout

# A message, the day that it is to go (a real hook asks its clock), Type 1 ('D' dissent, 'N' looked up
# and none, '?' never looked up), the national opt-out ('O' opted out, 'N' checked and none, '?' not
# checked), consent to this study on record: 1 or 0; -1 not looked up.
QUEUE = [
    ("msg-1001", 20260601, "N", "N", 0),
    ("msg-1002", 20260601, "D", "N", 0),
    ("msg-1003", 20260601, "N", "O", 0),
    ("msg-1004", 20260601, "?", "N", 0),
    ("msg-1005", 20260601, "D", "O", 1),
    ("msg-1006", 20260601, "N", "?", 1),
    ("msg-1007", 20260601, "D", "O", -1),
    ("msg-1008", 20260602, "N", "N", 0),  # the support ended the day before
    ("msg-1009", 20260602, "N", "N", 1),
]

# Whatever is not a clear answer is unknown, and unknown denies.
TYPE1 = {"D": optout.TYPE1_DISSENT, "N": optout.TYPE1_NONE}
NATIONAL = {"O": optout.NATIONAL_OPTED_OUT, "N": optout.NATIONAL_NONE}


class Outgoing:
    """An outgoing interface: its question, the ruling of the day, and its evidence: bases,
    conditions, reference, and the first and the last day that somebody has checked it for."""

    def __init__(self, name, question, evidence):
        self.name, self.question, self.evidence = name, question, evidence
        self.ruling, self.judged_on = optout.Ruling(), None

    def judge(self, on):
        """Judges the flow for a day: a fresh ruling takes the place of the old one. In a program with
        threads, under a lock. On a day that cannot be judged nothing is sent: this raises."""
        fresh = optout.Ruling()
        fresh.assess(optout.disclosure(on, *self.question))
        self.ruling, self.judged_on = fresh, on

    def is_covered(self, on, decision):
        """Whether everything unverified that a decision rests on has evidence, valid on the day."""
        bases, conditions = decision.unverified_bases, decision.unverified_conditions
        for of_bases, of_conditions, _reference, first, last in self.evidence:
            if first <= on <= last:
                bases &= ~of_bases
                conditions &= ~of_conditions
        return not bases and not conditions

    def may_send(self, message, on, patient):
        """The send hook: decides, and leaves a line of audit that names no patient."""
        if on != self.judged_on:
            try:
                self.judge(on)
            except optout.Failure as failure:
                print(f"{self.name}: {failure}", file=sys.stderr)
                return False
        decision = self.ruling.decide(patient)
        clauses = ",".join(
            optout.code(optout.FIELD_CLAUSE, it) for it in self.ruling.clauses(patient))
        needed = decision.unverified_bases or decision.unverified_conditions
        covered = self.is_covered(on, decision)
        evidence = "none-needed" if not needed else "on-record" if covered else "lacking"
        sent = decision.allowed and covered
        print(
            message, f"on={on}", f"flow={self.name}", f"sent={'yes' if sent else 'no'}",
            f"verdict={'allow' if decision.allowed else 'deny'}",
            f"reason={optout.code(optout.FIELD_REASON, decision.reason)}",
            f"route={optout.code(optout.FIELD_ROUTE, decision.route) or 'none'}",
            f"policy={optout.policy_edition()}", f"evidence={evidence}", f"clauses={clauses}")
        return sent


def main():
    support = optout.number(optout.FIELD_BASES, "copi-reg-5")
    register = Outgoing(
        "disease-register",
        ("gp-record", "beyond-controller", "identifiable", "disease-registration",
         ["copi-reg-5", "explicit-consent"]),
        [(support, 0, "CAG reference", 20250601, 20260601)])
    # A system does not start on a question that cannot be judged.
    try:
        register.judge(QUEUE[0][1])
    except optout.Failure as failure:
        sys.exit(f"disease-register: {failure}")
    sent = 0
    for message, on, type1, national, consented in QUEUE:
        patient = optout.patient(
            TYPE1.get(type1, optout.TYPE1_UNKNOWN), NATIONAL.get(national, optout.NATIONAL_UNKNOWN),
            explicit_consent=consented)
        sent += register.may_send(message, on, patient)
    print(f"sent {sent} of {len(QUEUE)}")


main()
