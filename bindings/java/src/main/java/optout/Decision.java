package optout;

/** What was decided for one patient, and whether it could be. Numbers are those of optout.h. */
public record Decision(
        int status, int verdict, int reason, int route, int blockedBy, int unverifiedBases,
        int unverifiedConditions) {

    /** Whether the data may go. Every failure is a denial. */
    public boolean allowed() {
        return status == Optout.OK && verdict == Optout.ALLOW;
    }
}
