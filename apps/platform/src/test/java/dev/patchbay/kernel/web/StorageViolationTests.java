package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Problem;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

/** Rows that the database refuses: the caller's mistake where it is one, else an error of ours. */
class StorageViolationTests {

    @Test
    void aReachedQuotaIsAConflictThatNamesIt() {
        assertThat(explain(byServer("PB001", "a tenant has at most 200 rows of custom_role", "")))
                .contains("409.quota_reached Nothing was stored: a tenant has at most 200 rows of custom_role.");
        assertThat(explain(new SQLException("gone", "PB001")))
                .contains("409.quota_reached Nothing was stored: the quota is reached.");
        assertThat(explain(new PSQLException("gone", PSQLState.CHECK_VIOLATION)))
                .isEmpty();
    }

    @Test
    void aValueOverItsBoundIsInvalid() {
        assertThat(explain(byServer("23514", "violates", "name_is_bounded")))
                .contains("422.variables_invalid A value is longer than can be stored (name_is_bounded).");
        assertThat(explain(byServer("23514", "violates", "run_status_check"))).isEmpty();
        assertThat(explain(byServer("23505", "violates", "name_is_bounded"))).isEmpty();
    }

    @Test
    void aValueThatHasNoFormInTheDatabaseIsMalformed() {
        assertThat(explain(byServer("22021", "invalid byte sequence", "")).orElse(""))
                .startsWith("400.malformed_request");
        assertThat(StorageViolations.explain(new DataAccessResourceFailureException("no connection")))
                .isEmpty();
    }

    private static Optional<String> explain(SQLException refused) {
        return StorageViolations.explain(new DataIntegrityViolationException("refused", refused))
                .map(StorageViolationTests::describe);
    }

    private static String describe(Problem problem) {
        return problem.type().code() + " " + problem.detail();
    }

    private static PSQLException byServer(String state, String message, @Nullable String constraint) {
        return new PSQLException(
                new ServerErrorMessage("SERROR\0C" + state + "\0M" + message + "\0n" + constraint + "\0\0"));
    }
}
