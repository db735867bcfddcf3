package dev.patchbay.ingress.internal.poll;

import org.jspecify.annotations.Nullable;

/**
 * What one reading of one stream found.
 *
 * @param state {@code done}; {@code busy} when another process reads it just now; {@code unavailable} when the vendor could
 *     not be read to the end: what was read so far is stored, the rest is asked for again
 * @param read facts that the vendor told
 * @param known of these, the ones we had
 * @param repaired the ones we had not, and have now
 * @param missing the ones that could not be stored
 * @param onlyHere facts that we hold and the vendor does not know
 * @param detail why it is unavailable
 */
public record PollReport(
        String provider,
        String connectionId,
        String stream,
        String state,
        int read,
        int known,
        int repaired,
        int missing,
        int onlyHere,
        @Nullable String detail) {}
