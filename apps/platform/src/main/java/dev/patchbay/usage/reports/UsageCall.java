package dev.patchbay.usage.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.patchbay.kernel.ConnectionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A call, message or generation and what it used.
 *
 * @param callId the provider's id
 * @param clientId null while it belongs to no client
 * @param release the agent's version
 * @param price what the client pays; null until its plan prices usage
 * @param cost what the provider charges; absent for readers without {@code read:costs}
 * @param invoice the invoice that bills it; null while none does
 * @param revisions how often the provider stated it
 * @param timeline the address of what happened during the call
 */
public record UsageCall(
        String callId,
        ConnectionId connectionId,
        @Nullable String clientId,
        Instant at,
        LocalDate day,
        @Nullable String agentId,
        @Nullable String release,
        BigDecimal talkSeconds,
        BigDecimal billedSeconds,
        @Nullable Amount price,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Amount cost,
        @Nullable String invoice,
        int revisions,
        String timeline) {

    /**
     * A call with its history; statements, records and reasons are absent for readers without {@code read:costs}.
     *
     * @param why sentences that explain what the provider charged
     */
    public record Details(
            UsageCall call,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Statement> statements,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Entry> records,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Reason> why) {}

    /** A statement of the provider: its first one, a late one, a correction, or that the call is gone. */
    public record Statement(int revision, String outcome, Instant recordedAt, JsonNode statement) {}

    /**
     * A record.
     *
     * @param reason {@code stated}, {@code corrected}, {@code attributed} or {@code invoice}
     * @param reverses the sequence number and place of the record that this one takes back; null when it takes back none
     */
    public record Entry(
            long seq,
            int n,
            @Nullable String clientId,
            int revision,
            String product,
            int leg,
            String metric,
            BigDecimal quantity,
            Amount cost,
            String reason,
            @Nullable String reverses) {}

    /** Why the provider charged so: a code for programs ({@code minimum}, {@code token_surcharge}) and a sentence. */
    public record Reason(String code, String sentence) {}
}
