package optout;

/** The numbers of optout.h that a program needs by name. */
abstract class Codes {
    public static final int OK = 0;
    public static final int ALLOW = 1;

    public static final int FIELD_ORIGIN = 1;
    public static final int FIELD_BOUNDARY = 2;
    public static final int FIELD_IDENTIFIABILITY = 3;
    public static final int FIELD_PURPOSE = 4;
    public static final int FIELD_BASES = 5;
    public static final int FIELD_CONDITIONS = 6;
    public static final int FIELD_REASON = 13;
    public static final int FIELD_ROUTE = 14;
    public static final int FIELD_CLAUSE = 16;

    /** A patient who is always denied. */
    public static final byte INVALID_PATIENT = (byte) 255;

    /** What is not known denies. */
    public static final int UNKNOWN = 0;
    public static final int TYPE1_NONE = 1;
    public static final int TYPE1_DISSENT = 2;
    public static final int NATIONAL_NONE = 1;
    public static final int NATIONAL_OPTED_OUT = 2;
    public static final int NATIONAL_NO_NHS_NUMBER = 3;
    public static final int PROGRAMME_NONE = 1;
    public static final int PROGRAMME_OPTED_OUT = 2;

    static final int ABI_VERSION = 1;
    static final int E_BUFFER = 5;
    static final int CLAUSES_MAX = 64;

    static final int DISCLOSURE_SIZE = 64;
    static final int RULING_SIZE = 4096;
    static final int DECISION_SIZE = 32;
    static final int ERROR_SIZE = 1024;

    Codes() {}
}
