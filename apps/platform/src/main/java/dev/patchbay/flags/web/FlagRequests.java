package dev.patchbay.flags.web;

import dev.patchbay.flags.AllowEntry;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Validates the bodies of changes. */
final class FlagRequests {

    private static final int MAX_REASON_LENGTH = 300;

    private FlagRequests() {}

    /**
     * A new entry of a list: either a tenant or a user.
     *
     * @param tenant id of an agency
     * @param user id of a user
     * @param until when the entry ends; null: without an end
     * @param reason for the audit trail
     */
    record AllowRequest(
            @Nullable String tenant,
            @Nullable String user,
            @Nullable Instant until,
            @Nullable String reason) {

        AllowEntry toEntry(Instant now) {
            if ((tenant == null) == (user == null)) {
                throw invalid("Give either tenant or user, by id.");
            }
            Instant end = until;
            if (end != null && !end.isAfter(now)) {
                throw invalid("until lies in the past.");
            }
            try {
                return tenant != null
                        ? new AllowEntry(null, AllowEntry.Kind.TENANT, new TenantId(tenant).value(), end)
                        : new AllowEntry(null, AllowEntry.Kind.USER, new UserId(String.valueOf(user)).value(), end);
            } catch (IllegalArgumentException malformed) {
                throw invalid("This is not the id of a tenant or user.");
            }
        }
    }

    /** @param on false switches off at once; true asks a second operator to switch on again */
    record SwitchRequest(@Nullable Boolean on, @Nullable String reason) {}

    static String reason(@Nullable String reason) {
        if (reason == null || reason.isBlank() || reason.length() > MAX_REASON_LENGTH) {
            throw invalid("Give reason, in " + MAX_REASON_LENGTH + " characters at most.");
        }
        return reason.strip();
    }

    static Problem invalid(String sentence) {
        return new Problem(ProblemType.VARIABLES_INVALID, sentence);
    }
}
