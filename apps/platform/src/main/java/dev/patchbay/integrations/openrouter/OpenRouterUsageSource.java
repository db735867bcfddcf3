package dev.patchbay.integrations.openrouter;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.usage.spi.RejectedStatement;
import dev.patchbay.usage.spi.RejectedStatement.Code;
import dev.patchbay.usage.spi.UsageSource;
import dev.patchbay.usage.spi.UsageStatement;
import dev.patchbay.usage.spi.UsageStatement.Charge;
import dev.patchbay.usage.spi.UsageStatement.Metric;
import dev.patchbay.usage.spi.UsageStatement.Source;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Lists what models cost at OpenRouter, by day and endpoint (OpenRouter API, "Get user activity", for the last thirty completed
 * UTC days; needs a management key). Single generations are recorded by the context that makes them.
 */
@Component
class OpenRouterUsageSource implements UsageSource {

    /** OpenRouter charges credits, and a credit is a dollar. */
    private static final Currency USD = Currency.getInstance("USD");

    private static final int MAX_DAYS = 30;

    private final OutgoingHttp http;

    OpenRouterUsageSource(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public String provider() {
        return "openrouter";
    }

    /** One page a day; the cursor is the next day. */
    @Override
    public Page read(Account account, Window window, Optional<String> cursor) {
        LocalDate last = day(window.to()).minusDays(1);
        LocalDate first = day(window.from());
        LocalDate earliest = last.minusDays(MAX_DAYS - 1);
        LocalDate day = cursor.map(LocalDate::parse).orElse(first.isBefore(earliest) ? earliest : first);
        List<UsageStatement> statements = new ArrayList<>();
        List<RejectedStatement> rejected = new ArrayList<>();
        if (!day.isAfter(last)) {
            for (JsonNode activity : listActivity(account, day)) {
                read(day, activity, statements, rejected);
            }
        }
        return new Page(
                statements, rejected, Set.of(), day.plusDays(1).toString(), day.isBefore(last), Optional.empty());
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    private JsonNode listActivity(Account account, LocalDate day) {
        HttpOutcome outcome = http.send(
                HttpCall.get("openrouter/activity.list", URI.create(account.baseUrl() + "/api/v1/activity?date=" + day))
                        .withHeader("Authorization", "Bearer " + account.secret("api_key")));
        return switch (outcome) {
            case Responded responded
            when responded.isSuccess() -> responded.body().path("data");
            case Responded responded ->
                throw new Unavailable("OpenRouter answered " + responded.status()
                        + " to the question for activity; it needs a management key.");
            case HttpOutcome.NotSent notSent -> throw new Unavailable(notSent.sentence());
            case HttpOutcome.Lost lost -> throw new Unavailable(lost.sentence());
        };
    }

    private static void read(
            LocalDate day, JsonNode activity, List<UsageStatement> statements, List<RejectedStatement> rejected) {
        String subject = day + "/"
                + activity.path("endpoint_id").asString(activity.path("model").asString(""));
        JsonNode cost = activity.path("usage");
        Instant began = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        if (!cost.isNumber() || cost.decimalValue().signum() < 0) {
            rejected.add(new RejectedStatement(
                    subject,
                    began,
                    cost.isNumber() ? Code.NEGATIVE_COST : Code.MALFORMED,
                    "The activity has no cost in credits."));
            return;
        }
        BigDecimal tokens = BigDecimal.valueOf(activity.path("prompt_tokens").asLong(0)
                + activity.path("completion_tokens").asLong(0));
        statements.add(new UsageStatement(
                subject,
                began,
                new Source("account", "openrouter"),
                null,
                null,
                activity,
                List.of(new Charge(
                        activity.path("model").asString("model"),
                        0,
                        Metric.TOKENS,
                        tokens,
                        cost.decimalValue(),
                        USD))));
    }
}
