package optout;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * The C library {@code optout} for Java 22 and later, by {@code java.lang.foreign}: may this patient's
 * data be disclosed?
 *
 * <p>Copy this folder and {@code main/java/optout}; the shared library must lie where the system's loader
 * finds it. Run with {@code --enable-native-access=ALL-UNNAMED}, or the name of your module. The
 * manual is {@code include/optout.h}. The platform is 64-bit: {@code size_t} is a {@code long}.
 *
 * <p>A disclosure is judged once, when the program starts; then each patient is one byte, looked up.
 * Release on {@link Decision#allowed} and on nothing else. Any number of threads may read one ruling
 * once it is judged. A ruling's memory goes with it; only a {@link Register}, the kept answer of the
 * national check, is to be closed.
 */
public final class Optout extends Sizes {
    private Optout() {}

    private static final StructLayout DISCLOSURE = MemoryLayout.structLayout(
            JAVA_INT.withName("struct_size"), JAVA_INT.withName("on"), JAVA_INT.withName("origin"),
            JAVA_INT.withName("boundary"), JAVA_INT.withName("identifiability"),
            JAVA_INT.withName("purpose"), JAVA_INT.withName("bases"), JAVA_INT.withName("conditions"),
            MemoryLayout.sequenceLayout(8, JAVA_INT).withName("reserved"));
    private static final StructLayout DECISION = MemoryLayout.structLayout(
            JAVA_INT.withName("struct_size"), JAVA_INT.withName("verdict"),
            JAVA_INT.withName("reason"), JAVA_INT.withName("route"),
            JAVA_INT.withName("blocked_by"), JAVA_INT.withName("unverified_bases"),
            JAVA_INT.withName("unverified_conditions"), JAVA_INT.withName("reserved"));
    private static final StructLayout ERROR = MemoryLayout.structLayout(
            JAVA_INT.withName("struct_size"), JAVA_INT.withName("status"),
            JAVA_INT.withName("field"), JAVA_INT.withName("reserved"),
            MemoryLayout.sequenceLayout(1008, JAVA_BYTE).withName("message"));
    private static final StructLayout RULING = MemoryLayout.structLayout(
            JAVA_INT.withName("struct_size"),
            MemoryLayout.sequenceLayout(1023, JAVA_INT).withName("private_"));

    private static final SymbolLookup LIBRARY =
            SymbolLookup.libraryLookup(libraryName(), Arena.global());
    private static final MethodHandle POLICY_EDITION = function("policy_edition", ADDRESS);
    private static final MethodHandle CODE = function("code", ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle NUMBER =
            function("number", JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle ASSESS =
            function("assess", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle ASSESS_FLOW =
            function("assess_flow", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle DECIDE =
            function("decide", JAVA_INT, ADDRESS, JAVA_BYTE, ADDRESS);
    private static final MethodHandle DECIDE_MANY =
            function("decide_many", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle CLAUSES =
            function("clauses", JAVA_INT, ADDRESS, JAVA_BYTE, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle DECIDE_JSON =
            function("decide_json", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle REGISTER_OPEN =
            function("register_open", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle REGISTER_FREE = Linker.nativeLinker().downcallHandle(
            LIBRARY.find("optout_register_free").orElseThrow(), FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle REGISTER_STATUS = function(
            "register_status", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle WITH_TYPE1 = with("type1");
    private static final MethodHandle WITH_NATIONAL = with("national");
    private static final MethodHandle WITH_PROGRAMME = with("programme");
    private static final MethodHandle WITH_EXPLICIT_CONSENT = with("explicit_consent");
    private static final MethodHandle WITH_CARE_OBJECTION = with("care_objection");

    static {
        if (asked("abi_version") != ABI_VERSION) {
            throw new UnsatisfiedLinkError("optout: another version of the library is installed");
        }
        if (DISCLOSURE.byteSize() > asked("sizeof_disclosure")
                || RULING.byteSize() > asked("sizeof_ruling")
                || DECISION.byteSize() > asked("sizeof_decision")
                || ERROR.byteSize() > asked("sizeof_error")) {
            throw new UnsatisfiedLinkError("optout: a structure has another layout in the library");
        }
    }

    private static String libraryName() {
        String system = System.getProperty("os.name");
        return system.startsWith("Windows") ? "optout.dll"
                : system.startsWith("Mac") ? "liboptout.dylib" : "liboptout.so.1";
    }

    private static MethodHandle function(
            String name, MemoryLayout result, MemoryLayout... parameters) {
        MemorySegment address = LIBRARY.find("optout_" + name).orElseThrow();
        return Linker.nativeLinker()
                .downcallHandle(address, FunctionDescriptor.of(result, parameters));
    }

    private static MethodHandle with(String status) {
        return function("patient_with_" + status, JAVA_BYTE, JAVA_BYTE, JAVA_INT);
    }

    private static int asked(String name) {
        return (int) call(function(name, JAVA_INT));
    }

    /** Calls a C function. None of the library's throws. */
    private static Object call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments);
        } catch (RuntimeException | Error fault) {
            throw fault;
        } catch (Throwable fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static MemorySegment sized(Arena arena, StructLayout layout) {
        MemorySegment structure = arena.allocate(layout);
        structure.set(JAVA_INT, 0, (int) layout.byteSize());
        return structure;
    }

    private static int get(StructLayout layout, MemorySegment structure, String field) {
        return structure.get(JAVA_INT, layout.byteOffset(MemoryLayout.PathElement.groupElement(field)));
    }

    private static void set(StructLayout layout, MemorySegment structure, String field, int value) {
        structure.set(
                JAVA_INT, layout.byteOffset(MemoryLayout.PathElement.groupElement(field)), value);
    }

    private static void check(int status, MemorySegment error) throws Failure {
        if (status != OK) {
            long message = ERROR.byteOffset(MemoryLayout.PathElement.groupElement("message"));
            throw new Failure(status, get(ERROR, error, "field"), error.getString(message));
        }
    }

    /** A text that is the library's own and never freed. */
    private static String text(Object address) {
        return ((MemorySegment) address).reinterpret(Long.MAX_VALUE).getString(0);
    }

    private static MemorySegment bytes(Arena arena, String text) {
        return arena.allocateFrom(JAVA_BYTE, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A disclosure, judged. Until it is judged, and when judging fails, it denies everybody. */
    public static final class Ruling {
        private final MemorySegment memory = sized(Arena.ofAuto(), RULING);

        /** Judges a disclosure. */
        public void assess(Disclosure disclosure) throws Failure {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment question = sized(arena, DISCLOSURE);
                set(DISCLOSURE, question, "on", disclosure.on());
                set(DISCLOSURE, question, "origin", disclosure.origin());
                set(DISCLOSURE, question, "boundary", disclosure.boundary());
                set(DISCLOSURE, question, "identifiability", disclosure.identifiability());
                set(DISCLOSURE, question, "purpose", disclosure.purpose());
                set(DISCLOSURE, question, "bases", disclosure.bases());
                set(DISCLOSURE, question, "conditions", disclosure.conditions());
                MemorySegment error = sized(arena, ERROR);
                check((int) call(ASSESS, question, memory, error), error);
            }
        }

        /** Judges a flow of the catalogue on the terms of a day. */
        public void assessFlow(String id, int on) throws Failure {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment given = bytes(arena, id);
                MemorySegment error = sized(arena, ERROR);
                check((int) call(ASSESS_FLOW, given, given.byteSize(), on, memory, error), error);
            }
        }

        /** Decides for one patient. A failure is a denial with a status. */
        public Decision decide(byte patient) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment it = sized(arena, DECISION);
                int status;
                try {
                    // Without boxing: this is the call that is made for every message.
                    status = (int) DECIDE.invokeExact(memory, patient, it);
                } catch (Throwable fault) {
                    throw new IllegalStateException(fault);
                }
                return new Decision(
                        status, get(DECISION, it, "verdict"), get(DECISION, it, "reason"),
                        get(DECISION, it, "route"), get(DECISION, it, "blocked_by"),
                        get(DECISION, it, "unverified_bases"),
                        get(DECISION, it, "unverified_conditions"));
            }
        }

        /**
         * Decides for many patients, a byte each.
         *
         * @return the status, and a verdict each, which is {@link #ALLOW} or it is not; where the status
         *     is not 0, none is
         */
        public Map.Entry<Integer, byte[]> decideMany(byte[] patients) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment asked = arena.allocateFrom(JAVA_BYTE, patients);
                MemorySegment answered = arena.allocate(patients.length);
                int status =
                        (int) call(DECIDE_MANY, memory, asked, (long) patients.length, answered);
                return Map.entry(status, answered.toArray(JAVA_BYTE));
            }
        }

        /** The numbers of the clauses behind a decision, for the audit record. */
        public int[] clauses(byte patient) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment found = arena.allocate(JAVA_INT, CLAUSES_MAX);
                MemorySegment count = arena.allocate(JAVA_LONG);
                int status = (int) call(CLAUSES, memory, patient, found, (long) CLAUSES_MAX, count);
                int length = status == OK ? Math.toIntExact(count.get(JAVA_LONG, 0)) : 0;
                return Arrays.copyOf(found.toArray(JAVA_INT), length);
            }
        }
    }

    /** The answer of a national check, as a file. Close it when no thread asks it any more. */
    public static final class Register implements AutoCloseable {
        private MemorySegment handle;

        /** Opens a register whose check may be so many days old when it is used. */
        public Register(String path, int days) throws Failure {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment given = bytes(arena, path);
                MemorySegment opened = arena.allocate(ADDRESS);
                MemorySegment error = sized(arena, ERROR);
                check((int) call(REGISTER_OPEN, given, given.byteSize(), days, opened, error), error);
                handle = opened.get(ADDRESS, 0);
            }
        }

        /** The national status on the day of a disclosure. Where it throws, it is unknown. */
        public int national(int on, String nhsNumber) throws Failure {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment given = bytes(arena, nhsNumber);
                MemorySegment national = arena.allocate(JAVA_INT);
                MemorySegment error = sized(arena, ERROR);
                check((int) call(REGISTER_STATUS, handle, on, given, given.byteSize(), national,
                        error), error);
                return national.get(JAVA_INT, 0);
            }
        }

        /** Frees it; asked again, it throws. */
        @Override
        public void close() {
            MemorySegment freed = handle;
            handle = MemorySegment.NULL;
            call(REGISTER_FREE, freed);
        }
    }

    /** The edition of the policy: write it into the audit record. */
    public static String policyEdition() {
        return text(call(POLICY_EDITION));
    }

    /** The code of a number, such as {@code gp-record}; empty where it has none. */
    public static String code(int field, int number) {
        return text(call(CODE, field, number));
    }

    /** The number of a code; the failure names the nearest where there is none. */
    public static int number(int field, String code) throws Failure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment given = bytes(arena, code);
            MemorySegment found = arena.allocate(JAVA_INT);
            MemorySegment error = sized(arena, ERROR);
            check((int) call(NUMBER, field, given, given.byteSize(), found, error), error);
            return found.get(JAVA_INT, 0);
        }
    }

    /** What a patient has recorded, as one byte. A status of 0 is what is not known, and denies. */
    public static byte patient(
            int type1, int national, int programme, boolean explicitConsent, boolean careObjection) {
        Object patient = call(WITH_TYPE1, (byte) 0, type1);
        patient = call(WITH_NATIONAL, patient, national);
        patient = call(WITH_PROGRAMME, patient, programme);
        patient = call(WITH_EXPLICIT_CONSENT, patient, explicitConsent ? 1 : 0);
        return (byte) call(WITH_CARE_OBJECTION, patient, careObjection ? 1 : 0);
    }

    /** One question as a line of JSON: the status, and the answer, which may be an error. */
    public static Map.Entry<Integer, String> decideJson(String line) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment given = bytes(arena, line);
            MemorySegment needed = arena.allocate(JAVA_LONG);
            MemorySegment buffer = arena.allocate(1024);
            while (true) {
                int status = (int) call(
                        DECIDE_JSON, given, given.byteSize(), buffer, buffer.byteSize(), needed);
                if (status != E_BUFFER) {
                    return Map.entry(status, buffer.getString(0));
                }
                buffer = arena.allocate(needed.get(JAVA_LONG, 0));
            }
        }
    }
}
