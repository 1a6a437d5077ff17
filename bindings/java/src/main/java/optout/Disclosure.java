package optout;

import java.util.List;

/** The question but for the patient, in numbers, on a day such as 20260601; 0 is no valid code. */
public record Disclosure(
        int on, int origin, int boundary, int identifiability, int purpose, int bases,
        int conditions) {

    /** A disclosure from the codes of its fields; the failure names the nearest code. */
    public static Disclosure of(
            int on, String origin, String boundary, String identifiability, String purpose,
            List<String> bases, List<String> conditions) throws Failure {
        return new Disclosure(
                on,
                Optout.number(Optout.FIELD_ORIGIN, origin),
                Optout.number(Optout.FIELD_BOUNDARY, boundary),
                Optout.number(Optout.FIELD_IDENTIFIABILITY, identifiability),
                Optout.number(Optout.FIELD_PURPOSE, purpose),
                set(Optout.FIELD_BASES, bases),
                set(Optout.FIELD_CONDITIONS, conditions));
    }

    private static int set(int field, List<String> codes) throws Failure {
        int bits = 0;
        for (String code : codes) {
            bits |= Optout.number(field, code);
        }
        return bits;
    }
}
