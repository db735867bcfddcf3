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
 * Rows that the database refused because of what the caller sent: over a quota, over a bound, or a value that has no form there.
 * Anything else that the database refuses is an error of ours.
 */
final class StorageViolations {

    /** Raised by {@code patchbay.check_quota}. */
    private static final String QUOTA = "PB001";

    private static final String CHECK_VIOLATION = "23514";

    /** A text with NUL, one that is not UTF-8, JSON with such a text; a moment or a number beyond the type. */
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
