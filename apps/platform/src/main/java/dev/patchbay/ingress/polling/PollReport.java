package dev.patchbay.ingress.polling;

import dev.patchbay.kernel.ConnectionId;
import org.jspecify.annotations.Nullable;

/**
 * The result of polling one stream once.
 *
 * @param read the number of facts that the provider listed
 * @param matched of these, the ones stored before
 * @param repaired of these, the ones stored by this poll
 * @param missing of these, the ones that could not be stored
 * @param onlyHere the number of facts that we hold and the provider does not know
 * @param detail why the state is {@code unavailable}
 */
public record PollReport(
        String provider,
        ConnectionId connectionId,
        String stream,
        PollState state,
        int read,
        int matched,
        int repaired,
        int missing,
        int onlyHere,
        @Nullable String detail) {}
