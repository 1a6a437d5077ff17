import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import optout.Decision;
import optout.Disclosure;
import optout.Failure;
import optout.Optout;

/** Compares every answer of the library with the committed ones. */
final class Golden {
    private interface Judgement {
        void judge() throws Failure;
    }

    private Optout.Ruling ruling = new Optout.Ruling();
    private Optout.Register register;

    /** Status and field of a judgement; a failure must say in words what is wrong. */
    private static String judged(Judgement judgement) {
        try {
            judgement.judge();
            return "0\t0";
        } catch (Failure failure) {
            if (failure.getMessage().isEmpty()) {
                return "a failure without a message";
            }
            return failure.status() + "\t" + failure.field();
        }
    }

    private static String join(Object... values) {
        return Arrays.stream(values).map(String::valueOf).collect(Collectors.joining("\t"));
    }

    private String disclosure(int[] of) {
        ruling = new Optout.Ruling();
        return judged(() -> ruling.assess(
                new Disclosure(of[0], of[1], of[2], of[3], of[4], of[5], of[6])));
    }

    private String flow(String id, int on) {
        ruling = new Optout.Ruling();
        return judged(() -> ruling.assessFlow(id, on));
    }

    private static String number(int field, String text) {
        int[] number = new int[1];
        String judged = judged(() -> number[0] = Optout.number(field, text));
        return join(judged.split("\t")[0], number[0]);
    }

    private static String word(int field, int number, String code) throws Failure {
        return join(field, Optout.number(field, code), Optout.code(field, number));
    }

    private String verdicts() {
        byte[] patients = new byte[256];
        for (int i = 0; i < patients.length; i++) {
            patients[i] = (byte) i;
        }
        Map.Entry<Integer, byte[]> answer = ruling.decideMany(patients);
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < patients.length; i++) {
            if (patients[i] != (byte) i) {
                return "the patients were written";
            }
            digits.append(answer.getValue()[i]);
        }
        return join(answer.getKey(), digits);
    }

    private String patient(int[] of) {
        byte patient = Optout.patient(of[0], of[1], of[2], of[3] == 1, of[4] == 1);
        Decision it = ruling.decide(patient);
        if (it.allowed() != (it.status() == 0 && it.verdict() == 1)) {
            return "allowed is not the verdict";
        }
        String clauses = Arrays.stream(ruling.clauses(patient))
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
        return join(
                Byte.toUnsignedInt(patient), it.status(), it.verdict(), it.reason(), it.route(),
                it.blockedBy(), it.unverifiedBases(), it.unverifiedConditions(),
                clauses.isEmpty() ? "-" : clauses);
    }

    private String register(String path, int days) {
        return judged(() -> register = new Optout.Register(path, days)).split("\t")[0];
    }

    private String national(int on, String number) {
        int[] national = new int[1];
        String judged = judged(() -> national[0] = register.national(on, number));
        return join(judged.split("\t")[0], national[0]);
    }

    private static String json(String question) {
        Map.Entry<Integer, String> answer = Optout.decideJson(question);
        return join(answer.getKey(), answer.getValue());
    }

    private static int[] numbers(String[] fields, int count) {
        return Arrays.stream(fields, 1, 1 + count).mapToInt(Integer::parseUnsignedInt).toArray();
    }

    /** Whether the library answers a line as the line says. */
    private boolean answers(int place, String line) throws Failure {
        String[] of = line.split("\t", -1);
        int asked = Map.of("word", 0, "number", 2, "disclosure", 7, "flow", 2, "verdicts", 0,
                "patient", 5, "json", 1, "register", 2, "national", 2).get(of[0]);
        String found = switch (of[0]) {
            case "word" -> word(numbers(of, 1)[0], numbers(of, 2)[1], of[3]);
            case "number" -> number(numbers(of, 1)[0], of[2]);
            case "disclosure" -> disclosure(numbers(of, 7));
            case "flow" -> flow(of[1], Integer.parseInt(of[2]));
            case "verdicts" -> verdicts();
            case "patient" -> patient(numbers(of, 5));
            case "register" -> register(of[1], Integer.parseInt(of[2]));
            case "national" -> national(Integer.parseInt(of[1]), of[2]);
            default -> json(of[1]);
        };
        String expected = String.join("\t", Arrays.asList(of).subList(1 + asked, of.length));
        if (!found.equals(expected)) {
            System.out.printf("line %d: %s: found %s, expected %s%n", place, of[0], found, expected);
        }
        return found.equals(expected);
    }

    public static void main(String[] arguments) throws IOException, Failure {
        System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        List<String> lines = Files.readAllLines(Path.of(arguments[0]), StandardCharsets.UTF_8);
        Golden golden = new Golden();
        int equal = 0;
        int different = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("#")) {
                continue;
            }
            if (golden.answers(i + 1, lines.get(i))) {
                equal++;
            } else {
                different++;
            }
        }
        golden.register.close();
        System.out.println(different > 0 ? different + " answers differ" : equal + " answers equal");
        System.exit(different > 0 || equal == 0 ? 1 : 0);
    }
}
