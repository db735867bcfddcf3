package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

/**
 * Explains rows that the database refused because of the values that the caller sent: over a quota, over a bound, or not
 * storable. Any other refusal of the database is an internal error.
 */
final class StorageViolations {

    /** The SQL state that {@code patchbay.check_quota} raises. */
    private static final String QUOTA = "PB001";

    private static final String CHECK_VIOLATION = "23514";

    /**
     * The SQL states of values that cannot be stored: a text with NUL, a text that is not UTF-8, JSON with such a text, and a
     * moment or a number beyond its type.
     */
    private static final java.util.Set<String> UNSTORABLE = java.util.Set.of("22021", "22P05", "22008", "22003");

    private StorageViolations() {}

    static Optional<Problem> explain(DataAccessException exception) {
        return NestedExceptionUtils.getMostSpecificCause(exception) instanceof SQLException refused
                ? explain(refused)
                : Optional.empty();
    }

    private static Optional<Problem> explain(SQLException refused) {
        String state = String.valueOf(refused.getSQLState());
        if (state.equals(QUOTA)) {
            return Optional.of(
                    new Problem(ProblemType.QUOTA_REACHED, "Nothing was stored: " + sentence(refused) + "."));
        }
        if (UNSTORABLE.contains(state)) {
            return Optional.of(new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "The request has a text with NUL, or a number or moment beyond what can be stored."));
        }
        String constraint = constraint(refused);
        return state.equals(CHECK_VIOLATION) && constraint.endsWith("_is_bounded")
                ? Optional.of(new Problem(
                        ProblemType.VARIABLES_INVALID, "A value is longer than can be stored (" + constraint + ")."))
                : Optional.empty();
    }

    private static String sentence(SQLException refused) {
        return message(refused).map(ServerErrorMessage::getMessage).orElse("the quota is reached");
    }

    private static String constraint(SQLException refused) {
        return message(refused).map(ServerErrorMessage::getConstraint).orElse("");
    }

    private static Optional<ServerErrorMessage> message(SQLException refused) {
        return refused instanceof PSQLException byServer
                ? Optional.ofNullable(byServer.getServerErrorMessage())
                : Optional.empty();
    }
}
