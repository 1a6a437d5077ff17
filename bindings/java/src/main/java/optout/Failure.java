package optout;

/** A question that cannot be judged. The message names no patient. */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final int field;

    Failure(int status, int field, String message) {
        super(message);
        this.status = status;
        this.field = field;
    }

    /** One of {@code OPTOUT_E_*}. */
    public int status() {
        return status;
    }

    /** The field that is wrong, one of {@code OPTOUT_FIELD_*}. */
    public int field() {
        return field;
    }
}
