package optout;

import com.sun.jna.IntegerType;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * The C library {@code optout} for Java 17, by JNA: may this patient's data be disclosed?
 *
 * <p>Copy this folder and {@code main/java/optout}; the shared library must lie on {@code jna.library.path} or
 * where the system's loader finds it. The manual is {@code include/optout.h}. On Java 22 and later
 * {@code panama} has the same class without JNA.
 *
 * <p>A disclosure is judged once, when the program starts; then each patient is one byte, looked up.
 * Release on {@link Decision#allowed} and on nothing else. Any number of threads may read one ruling
 * once it is judged. Every structure lies in memory of JNA's; only a {@link Register}, the kept answer
 * of the national check, is to be closed.
 */
public final class Optout extends Sizes {
    private Optout() {}

    @FieldOrder({"structSize", "on", "origin", "boundary", "identifiability", "purpose", "bases",
        "conditions", "reserved"})
    public static final class NativeDisclosure extends Structure {
        public int structSize = DISCLOSURE_SIZE;
        public int on;
        public int origin;
        public int boundary;
        public int identifiability;
        public int purpose;
        public int bases;
        public int conditions;
        public int[] reserved = new int[8];
    }

    @FieldOrder({"structSize", "verdict", "reason", "route", "blockedBy", "unverifiedBases",
        "unverifiedConditions", "reserved"})
    public static final class NativeDecision extends Structure {
        public int structSize = DECISION_SIZE;
        public int verdict;
        public int reason;
        public int route;
        public int blockedBy;
        public int unverifiedBases;
        public int unverifiedConditions;
        public int reserved;
    }

    @FieldOrder({"structSize", "status", "field", "reserved", "message"})
    public static final class NativeError extends Structure {
        public int structSize = ERROR_SIZE;
        public int status;
        public int field;
        public int reserved;
        public byte[] message = new byte[1008];
    }

    /** {@code size_t}. */
    public static final class Size extends IntegerType {
        private static final long serialVersionUID = 1;

        public Size() {
            this(0);
        }

        public Size(long value) {
            super(Native.SIZE_T_SIZE, value, true);
        }
    }

    private static native int optout_abi_version();
    private static native int optout_sizeof_disclosure();
    private static native int optout_sizeof_ruling();
    private static native int optout_sizeof_decision();
    private static native int optout_sizeof_error();
    private static native Pointer optout_policy_edition();
    private static native Pointer optout_code(int field, int number);
    private static native int optout_number(
            int field, byte[] code, Size length, int[] number, NativeError error);
    private static native int optout_assess(
            NativeDisclosure disclosure, Pointer ruling, NativeError error);
    private static native int optout_assess_flow(
            byte[] id, Size length, int on, Pointer ruling, NativeError error);
    private static native int optout_decide(Pointer ruling, byte patient, NativeDecision decision);
    private static native int optout_decide_many(
            Pointer ruling, byte[] patients, Size count, byte[] verdicts);
    private static native int optout_clauses(
            Pointer ruling, byte patient, int[] clauses, Size capacity, Pointer count);
    private static native int optout_decide_json(
            byte[] line, Size length, byte[] buffer, Size capacity, Pointer needed);
    private static native int optout_register_open(
            byte[] path, Size length, int days, PointerByReference handle, NativeError error);
    private static native void optout_register_free(Pointer handle);
    private static native int optout_register_status(
            Pointer handle, int on, byte[] number, Size length, int[] national, NativeError error);
    private static native byte optout_patient_with_type1(byte patient, int status);
    private static native byte optout_patient_with_national(byte patient, int status);
    private static native byte optout_patient_with_programme(byte patient, int status);
    private static native byte optout_patient_with_explicit_consent(byte patient, int given);
    private static native byte optout_patient_with_care_objection(byte patient, int objects);

    static {
        Native.register("optout");
        if (optout_abi_version() != ABI_VERSION) {
            throw new UnsatisfiedLinkError("optout: another version of the library is installed");
        }
        if (new NativeDisclosure().size() > optout_sizeof_disclosure()
                || RULING_SIZE > optout_sizeof_ruling()
                || new NativeDecision().size() > optout_sizeof_decision()
                || new NativeError().size() > optout_sizeof_error()) {
            throw new UnsatisfiedLinkError("optout: a structure has another layout in the library");
        }
    }

    private static void check(int status, NativeError error) throws Failure {
        if (status != OK) {
            throw new Failure(status, error.field, text(error.message));
        }
    }

    private static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A disclosure, judged. Until it is judged, and when judging fails, it denies everybody. */
    public static final class Ruling {
        private final Memory memory = new Memory(RULING_SIZE);

        public Ruling() {
            memory.clear();
            memory.setInt(0, RULING_SIZE);
        }

        /** Judges a disclosure. */
        public void assess(Disclosure disclosure) throws Failure {
            NativeDisclosure question = new NativeDisclosure();
            question.on = disclosure.on();
            question.origin = disclosure.origin();
            question.boundary = disclosure.boundary();
            question.identifiability = disclosure.identifiability();
            question.purpose = disclosure.purpose();
            question.bases = disclosure.bases();
            question.conditions = disclosure.conditions();
            NativeError error = new NativeError();
            check(optout_assess(question, memory, error), error);
        }

        /** Judges a flow of the catalogue on the terms of a day. */
        public void assessFlow(String id, int on) throws Failure {
            byte[] given = bytes(id);
            NativeError error = new NativeError();
            check(optout_assess_flow(given, new Size(given.length), on, memory, error), error);
        }

        /** Decides for one patient. A failure is a denial with a status. */
        public Decision decide(byte patient) {
            NativeDecision it = new NativeDecision();
            int status = optout_decide(memory, patient, it);
            return new Decision(status, it.verdict, it.reason, it.route, it.blockedBy,
                    it.unverifiedBases, it.unverifiedConditions);
        }

        /**
         * Decides for many patients, a byte each.
         *
         * @return the status, and a verdict each, which is {@link #ALLOW} or it is not; where the status
         *     is not 0, none is
         */
        public Map.Entry<Integer, byte[]> decideMany(byte[] patients) {
            byte[] verdicts = new byte[patients.length];
            int status =
                    optout_decide_many(memory, patients, new Size(patients.length), verdicts);
            return Map.entry(status, verdicts);
        }

        /** The numbers of the clauses behind a decision, for the audit record. */
        public int[] clauses(byte patient) {
            int[] found = new int[CLAUSES_MAX];
            try (Memory count = new Memory(Native.SIZE_T_SIZE)) {
                int status = optout_clauses(memory, patient, found, new Size(CLAUSES_MAX), count);
                return Arrays.copyOf(found, status == OK ? size(count) : 0);
            }
        }
    }

    /** The answer of a national check, as a file. Close it when no thread asks it any more. */
    public static final class Register implements AutoCloseable {
        private Pointer handle;

        /** Opens a register whose check may be so many days old when it is used. */
        public Register(String path, int days) throws Failure {
            byte[] given = bytes(path);
            PointerByReference opened = new PointerByReference();
            NativeError error = new NativeError();
            check(optout_register_open(given, new Size(given.length), days, opened, error), error);
            handle = opened.getValue();
        }

        /** The national status on the day of a disclosure. Where it throws, it is unknown. */
        public int national(int on, String nhsNumber) throws Failure {
            byte[] given = bytes(nhsNumber);
            int[] national = new int[1];
            NativeError error = new NativeError();
            check(optout_register_status(
                    handle, on, given, new Size(given.length), national, error), error);
            return national[0];
        }

        /** Frees it; asked again, it throws. */
        @Override
        public void close() {
            Pointer freed = handle;
            handle = null;
            optout_register_free(freed);
        }
    }

    private static int size(Memory place) {
        return Math.toIntExact(Native.SIZE_T_SIZE == 8 ? place.getLong(0) : place.getInt(0));
    }

    /** The edition of the policy: write it into the audit record. */
    public static String policyEdition() {
        return optout_policy_edition().getString(0, "UTF-8");
    }

    /** The code of a number, such as {@code gp-record}; empty where it has none. */
    public static String code(int field, int number) {
        return optout_code(field, number).getString(0, "UTF-8");
    }

    /** The number of a code; the failure names the nearest where there is none. */
    public static int number(int field, String code) throws Failure {
        byte[] given = bytes(code);
        int[] found = new int[1];
        NativeError error = new NativeError();
        check(optout_number(field, given, new Size(given.length), found, error), error);
        return found[0];
    }

    /** What a patient has recorded, as one byte. A status of 0 is what is not known, and denies. */
    public static byte patient(
            int type1, int national, int programme, boolean explicitConsent, boolean careObjection) {
        byte patient = optout_patient_with_type1((byte) 0, type1);
        patient = optout_patient_with_national(patient, national);
        patient = optout_patient_with_programme(patient, programme);
        patient = optout_patient_with_explicit_consent(patient, explicitConsent ? 1 : 0);
        return optout_patient_with_care_objection(patient, careObjection ? 1 : 0);
    }

    /** One question as a line of JSON: the status, and the answer, which may be an error. */
    public static Map.Entry<Integer, String> decideJson(String line) {
        byte[] given = bytes(line);
        byte[] buffer = new byte[1024];
        try (Memory needed = new Memory(Native.SIZE_T_SIZE)) {
            while (true) {
                int status = optout_decide_json(
                        given, new Size(given.length), buffer, new Size(buffer.length), needed);
                if (status != E_BUFFER) {
                    return Map.entry(status, text(buffer));
                }
                buffer = new byte[size(needed)];
            }
        }
    }
}
