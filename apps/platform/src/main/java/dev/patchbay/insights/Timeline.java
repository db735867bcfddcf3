package dev.patchbay.insights;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, across contexts, in one order.
 *
 * @param why of the newest run: why it did not book, and what to do, or what was done
 * @param correlationIds of the conversations it covers, the latest first
 * @param complete false when older conversations of the same subject were left out
 * @param items by time, the oldest first
 * @param next what to send as {@code after} to get what followed; null on the last page
 */
public record Timeline(
        Subject subject,
        String why,
        List<String> correlationIds,
        boolean complete,
        List<Item> items,
        @Nullable String next) {

    /**
     * One thing that happened.
     *
     * @param kind {@code webhook.accepted}, {@code event}, {@code message.sms.status}, {@code run.started}, {@code step},
     *     {@code attempt}, {@code effect}, {@code run.ended} or {@code live.function}
     * @param title a sentence that people understand
     * @param status as the thing itself calls it, where it has one
     * @param exchanges of an attempt: what was said to the provider
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            Instant at,
            String kind,
            String title,
            @Nullable String detail,
            String correlationId,
            Ref ref,
            @Nullable String status,
            @Nullable List<Exchange> exchanges) {}

    /**
     * Where to read on.
     *
     * @param type {@code event}, {@code run}, {@code step}, {@code effect} or {@code live_call}
     */
    public record Ref(String type, String id, String href) {}

    /** @param status of the answer; missing when there was none, which {@code error} explains */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Exchange(
            String provider,
            String method,
            String path,
            @Nullable Integer status,
            @Nullable String error,
            long milliseconds) {}
}
