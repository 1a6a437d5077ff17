package optout;

/** The sizes of the structures of optout.h, which are compared with the library's when it is loaded. */
abstract class Sizes extends Codes {
    static final int DISCLOSURE_SIZE = 64;
    static final int RULING_SIZE = 4096;
    static final int DECISION_SIZE = 32;
    static final int ERROR_SIZE = 1024;

    Sizes() {}
}
