import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import optout.Decision;
import optout.Disclosure;
import optout.Failure;
import optout.Optout;

/** An electronic patient record asks before it sends: {@code examples/epr.c} in Java. */
final class Epr {
    /**
     * @param on        the day that it is to go; a real hook asks its clock
     * @param type1     'D' dissent recorded, 'N' looked up and none, '?' never looked up
     * @param national  'O' opted out, 'N' checked and none, '?' not checked
     * @param consented to this study, recorded and not withdrawn: 1 or 0; -1 not looked up
     */
    record Row(String message, int on, char type1, char national, int consented) {
        /**
         * Whatever is not a clear answer is unknown, and unknown denies; a number that is neither 0 nor
         * 1 makes a patient who is always denied.
         */
        byte patient() {
            if (consented < 0 || consented > 1) {
                return Optout.PATIENT_INVALID;
            }
            return Optout.patient(
                    type1 == 'D' ? Optout.TYPE1_DISSENT
                            : type1 == 'N' ? Optout.TYPE1_NONE : Optout.TYPE1_UNKNOWN,
                    national == 'O' ? Optout.NATIONAL_OPTED_OUT
                            : national == 'N' ? Optout.NATIONAL_NONE : Optout.NATIONAL_UNKNOWN,
                    Optout.PROGRAMME_UNKNOWN, consented == 1, false);
        }
    }

    private static final List<Row> QUEUE = List.of(
            new Row("msg-1001", 20260601, 'N', 'N', 0),
            new Row("msg-1002", 20260601, 'D', 'N', 0),
            new Row("msg-1003", 20260601, 'N', 'O', 0),
            new Row("msg-1004", 20260601, '?', 'N', 0),
            new Row("msg-1005", 20260601, 'D', 'O', 1),
            new Row("msg-1006", 20260601, 'N', '?', 1),
            new Row("msg-1007", 20260601, 'D', 'O', -1),
            new Row("msg-1008", 20260602, 'N', 'N', 0), // the support ended the day before
            new Row("msg-1009", 20260602, 'N', 'N', 1));

    /** What somebody has checked of an assertion: its reference, and how long it is valid. */
    record Evidence(int bases, int conditions, String reference, int from, int until) {}

    /** An outgoing interface: its question, the ruling of the day, and its evidence. */
    static final class Outgoing {
        private final String name;
        private final Disclosure question;
        private final List<Evidence> evidence;
        private Optout.Ruling ruling = new Optout.Ruling();
        private int judgedOn; // 0 while nothing was judged

        Outgoing(String name, Disclosure question, List<Evidence> evidence) {
            this.name = name;
            this.question = question;
            this.evidence = evidence;
        }

        /**
         * Judges the flow for a day: a fresh ruling takes the place of the old one. In a program with
         * threads, under a lock. On a day that cannot be judged nothing is sent.
         */
        void judge(int on) throws Failure {
            Optout.Ruling fresh = new Optout.Ruling();
            fresh.assess(new Disclosure(
                    on, question.origin(), question.boundary(), question.identifiability(),
                    question.purpose(), question.bases(), question.conditions()));
            ruling = fresh;
            judgedOn = on;
        }

        /** Whether everything unverified that a decision rests on has evidence, valid on the day. */
        private boolean isCovered(int on, Decision decision) {
            int bases = decision.unverifiedBases();
            int conditions = decision.unverifiedConditions();
            for (Evidence it : evidence) {
                if (it.from() <= on && on <= it.until()) {
                    bases &= ~it.bases();
                    conditions &= ~it.conditions();
                }
            }
            return bases == 0 && conditions == 0;
        }

        /** The send hook: decides, and leaves a line of audit that names no patient. */
        boolean maySend(Row row) {
            try {
                if (row.on() != judgedOn) {
                    judge(row.on());
                }
            } catch (Failure failure) {
                System.err.println(name + ": " + failure.getMessage());
                return false;
            }
            byte patient = row.patient();
            Decision decision = ruling.decide(patient);
            boolean needed = decision.unverifiedBases() != 0 || decision.unverifiedConditions() != 0;
            boolean covered = isCovered(row.on(), decision);
            boolean sent = decision.allowed() && covered;
            String route = Optout.code(Optout.FIELD_ROUTE, decision.route());
            String clauses = Arrays.stream(ruling.clauses(patient))
                    .mapToObj(clause -> Optout.code(Optout.FIELD_CLAUSE, clause))
                    .collect(Collectors.joining(","));
            System.out.printf(
                    "%s on=%d flow=%s sent=%s verdict=%s reason=%s route=%s policy=%s evidence=%s "
                            + "clauses=%s%n",
                    row.message(), row.on(), name, sent ? "yes" : "no",
                    decision.allowed() ? "allow" : "deny",
                    Optout.code(Optout.FIELD_REASON, decision.reason()),
                    route.isEmpty() ? "none" : route, Optout.policyEdition(),
                    !needed ? "none-needed" : covered ? "on-record" : "lacking", clauses);
            return sent;
        }
    }

    public static void main(String[] arguments) {
        // A system does not start on a question that cannot be judged.
        int sent = 0;
        try {
            int support = Optout.number(Optout.FIELD_BASES, "copi-reg-5");
            Outgoing register = new Outgoing("disease-register", Disclosure.of(
                    QUEUE.get(0).on(), "gp-record", "beyond-controller", "identifiable",
                    "disease-registration", List.of("copi-reg-5", "explicit-consent"), List.of()),
                    List.of(new Evidence(support, 0, "CAG reference", 20250601, 20260601)));
            register.judge(QUEUE.get(0).on());
            for (Row row : QUEUE) {
                if (register.maySend(row)) {
                    sent++;
                }
            }
        } catch (Failure failure) {
            System.err.println("disease-register: " + failure.getMessage());
            System.exit(2);
        }
        System.out.printf("sent %d of %d%n", sent, QUEUE.size());
    }
}
