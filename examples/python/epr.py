"""An electronic patient record asks before it sends: `examples/epr.c` in Python.

    LD_LIBRARY_PATH=PREFIX/lib python3 examples/python/epr.py
"""

import sys

import optout

# A message, Type 1 ('D' dissent, 'N' looked up and none, '?' never looked up), the national opt-out
# ('O' opted out, 'N' checked and none, '?' not checked), consent to this study on record.
QUEUE = [
    ("msg-1001", "N", "N", False),
    ("msg-1002", "D", "N", False),
    ("msg-1003", "N", "O", False),
    ("msg-1004", "?", "N", False),
    ("msg-1005", "D", "O", True),
    ("msg-1006", "N", "?", True),
]

# Whatever is not a clear answer is unknown, and unknown denies.
TYPE1 = {"D": optout.TYPE1_DISSENT, "N": optout.TYPE1_NONE}
NATIONAL = {"O": optout.NATIONAL_OPTED_OUT, "N": optout.NATIONAL_NONE}


def may_send(flow, ruling, message, patient):
    """The send hook: decides, and leaves a line of audit that names no patient."""
    decision = ruling.decide(patient)
    clauses = ",".join(optout.code(optout.FIELD_CLAUSE, it) for it in ruling.clauses(patient))
    unverified = decision.unverified_bases or decision.unverified_conditions
    print(
        message, f"flow={flow}", f"verdict={'allow' if decision.allowed else 'deny'}",
        f"reason={optout.code(optout.FIELD_REASON, decision.reason)}",
        f"route={optout.code(optout.FIELD_ROUTE, decision.route) or 'none'}",
        f"policy={optout.policy_edition()}",
        f"evidence={'unverified' if unverified else 'none-needed'}", f"clauses={clauses}")
    return decision.allowed


def main():
    # Judged once. A system does not start on a question that cannot be judged.
    register = optout.Ruling()
    try:
        register.assess(optout.disclosure(
            20260601, "gp-record", "beyond-controller", "identifiable", "disease-registration",
            ["copi-reg-5", "explicit-consent"]))
    except optout.Failure as failure:
        sys.exit(f"disease-register: {failure}")
    sent = 0
    for message, type1, national, consented in QUEUE:
        patient = optout.patient(
            TYPE1.get(type1, optout.TYPE1_UNKNOWN), NATIONAL.get(national, optout.NATIONAL_UNKNOWN),
            explicit_consent=consented)
        sent += may_send("disease-register", register, message, patient)
    print(f"sent {sent} of {len(QUEUE)}")


main()
