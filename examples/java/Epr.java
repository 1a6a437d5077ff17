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
     * @param type1     'D' dissent recorded, 'N' looked up and none, '?' never looked up
     * @param national  'O' opted out, 'N' checked and none, '?' not checked
     * @param consented to this study, recorded and not withdrawn
     */
    record Row(String message, char type1, char national, boolean consented) {
        /** Whatever is not a clear answer is unknown, and unknown denies. */
        byte patient() {
            return Optout.patient(
                    type1 == 'D' ? Optout.TYPE1_DISSENT
                            : type1 == 'N' ? Optout.TYPE1_NONE : Optout.UNKNOWN,
                    national == 'O' ? Optout.NATIONAL_OPTED_OUT
                            : national == 'N' ? Optout.NATIONAL_NONE : Optout.UNKNOWN,
                    Optout.UNKNOWN, consented, false);
        }
    }

    private static final List<Row> QUEUE = List.of(
            new Row("msg-1001", 'N', 'N', false),
            new Row("msg-1002", 'D', 'N', false),
            new Row("msg-1003", 'N', 'O', false),
            new Row("msg-1004", '?', 'N', false),
            new Row("msg-1005", 'D', 'O', true),
            new Row("msg-1006", 'N', '?', true));

    /** The send hook: decides, and leaves a line of audit that names no patient. */
    private static boolean maySend(String flow, Optout.Ruling ruling, String message, byte patient) {
        Decision decision = ruling.decide(patient);
        boolean unverified = decision.unverifiedBases() != 0 || decision.unverifiedConditions() != 0;
        String route = Optout.code(Optout.FIELD_ROUTE, decision.route());
        String clauses = Arrays.stream(ruling.clauses(patient))
                .mapToObj(clause -> Optout.code(Optout.FIELD_CLAUSE, clause))
                .collect(Collectors.joining(","));
        System.out.printf(
                "%s flow=%s verdict=%s reason=%s route=%s policy=%s evidence=%s clauses=%s%n",
                message, flow, decision.allowed() ? "allow" : "deny",
                Optout.code(Optout.FIELD_REASON, decision.reason()),
                route.isEmpty() ? "none" : route, Optout.policyEdition(),
                unverified ? "unverified" : "none-needed", clauses);
        return decision.allowed();
    }

    public static void main(String[] arguments) {
        // Judged once. A system does not start on a question that cannot be judged.
        Optout.Ruling register = new Optout.Ruling();
        try {
            register.assess(Disclosure.of(
                    20260601, "gp-record", "beyond-controller", "identifiable",
                    "disease-registration", List.of("copi-reg-5", "explicit-consent"), List.of()));
        } catch (Failure failure) {
            System.err.println("disease-register: " + failure.getMessage());
            System.exit(2);
        }
        int sent = 0;
        for (Row row : QUEUE) {
            if (maySend("disease-register", register, row.message(), row.patient())) {
                sent++;
            }
        }
        System.out.printf("sent %d of %d%n", sent, QUEUE.size());
    }
}
