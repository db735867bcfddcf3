package dev.patchbay.ingress.ingestion;

import java.time.Instant;

/**
 * Webhooks of one kind that were rejected within one minute.
 *
 * @param connectionId empty text for requests to an unknown address
 * @param reason the code they were answered with, for example {@code 401.signature_invalid}
 * @param address the IP address they came from, of IPv6 its /64 network; {@code elsewhere} when there were too many
 * @param digest SHA-256 of the last one's body, hex
 */
public record Rejection(
        Instant minute,
        String provider,
        String connectionId,
        String reason,
        String address,
        String digest,
        long count,
        Instant lastAt) {}
