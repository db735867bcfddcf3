package dev.patchbay.integrations.twilio;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.kernel.Money;
import dev.patchbay.usage.spi.RejectedStatement;
import dev.patchbay.usage.spi.RejectedStatement.Code;
import dev.patchbay.usage.spi.UsageSource;
import dev.patchbay.usage.spi.UsageStatement;
import dev.patchbay.usage.spi.UsageStatement.Charge;
import dev.patchbay.usage.spi.UsageStatement.Metric;
import dev.patchbay.usage.spi.UsageStatement.Source;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists Twilio's messages with their prices (Twilio, "Message resource"). A price is null until some time after the message was
 * sent, then negative: before, there is no usage. Lists are newest first and by whole days, so a missing message proves nothing.
 */
@Component
class TwilioUsageSource implements UsageSource {

    private static final int PAGE_SIZE = 500;
    private static final List<String> KEPT_MEMBERS =
            List.of("sid", "direction", "num_segments", "num_media", "price", "price_unit", "date_created");

    private final OutgoingHttp http;

    TwilioUsageSource(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public String provider() {
        return "twilio";
    }

    @Override
    public Page read(Account account, Window window, Optional<String> cursor) {
        JsonNode list = listMessages(account, window, cursor.orElse("0"));
        List<UsageStatement> statements = new ArrayList<>();
        List<RejectedStatement> rejected = new ArrayList<>();
        Set<String> pending = new HashSet<>();
        for (JsonNode message : list.path("messages")) {
            String sid = message.path("sid").asString("");
            if (message.path("price").isNull() || message.path("price").isMissingNode()) {
                pending.add(sid);
            } else {
                read(sid, message, statements, rejected);
            }
        }
        boolean more = !list.path("next_page_uri").asString("").isEmpty();
        String next = Integer.toString(Integer.parseInt(cursor.orElse("0")) + 1);
        return new Page(statements, rejected, pending, next, more, Optional.empty());
    }

    private JsonNode listMessages(Account account, Window window, String page) {
        String sid = account.settings().path("accountSid").asString("");
        String basic = Base64.getEncoder()
                .encodeToString((sid + ":" + account.secret("auth_token")).getBytes(StandardCharsets.UTF_8));
        URI uri =
                URI.create("%s/2010-04-01/Accounts/%s/Messages.json?DateSent%%3E=%s&DateSent%%3C=%s&PageSize=%d&Page=%s"
                        .formatted(account.baseUrl(), sid, day(window.from()), day(window.to()), PAGE_SIZE, page));
        HttpOutcome outcome =
                http.send(HttpCall.get("twilio/messages.list", uri).withHeader("Authorization", "Basic " + basic));
        return switch (outcome) {
            case Responded responded when responded.isSuccess() -> responded.body();
            case Responded responded ->
                throw new Unavailable("Twilio answered " + responded.status() + " to the list of messages.");
            case HttpOutcome.NotSent notSent -> throw new Unavailable(notSent.sentence());
            case HttpOutcome.Lost lost -> throw new Unavailable(lost.sentence());
        };
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    private static void read(
            String sid, JsonNode message, List<UsageStatement> statements, List<RejectedStatement> rejected) {
        Optional<Currency> currency =
                Money.findCurrency(message.path("price_unit").asString("").toUpperCase(Locale.ROOT));
        if (currency.isEmpty()) {
            rejected.add(new RejectedStatement(
                    sid, null, Code.CURRENCY_MISSING, "The message has a price without a currency of ISO 4217."));
            return;
        }
        try {
            BigDecimal cost = new BigDecimal(message.path("price").asString("")).negate();
            BigDecimal segments = new BigDecimal(message.path("num_segments").asString("1"));
            if (cost.signum() < 0 || segments.signum() < 0) {
                rejected.add(new RejectedStatement(
                        sid, null, Code.NEGATIVE_COST, "The message has a positive price: a credit, not a cost."));
                return;
            }
            statements.add(statement(sid, message, cost, segments, currency.get()));
        } catch (NumberFormatException | DateTimeException unreadable) {
            rejected.add(new RejectedStatement(
                    sid, null, Code.MALFORMED, "The message has a price, segments or a date that cannot be read."));
        }
    }

    private static UsageStatement statement(
            String sid, JsonNode message, BigDecimal cost, BigDecimal segments, Currency currency) {
        boolean inbound = message.path("direction").asString("").equals("inbound");
        Instant created = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                message.path("date_created").asString("")));
        ObjectNode kept = ((ObjectNode) message).deepCopy().retain(KEPT_MEMBERS);
        String ours = message.path(inbound ? "to" : "from").asString("");
        return new UsageStatement(
                sid,
                created,
                new Source("number", ours),
                null,
                null,
                kept,
                List.of(new Charge(
                        inbound ? "sms_inbound" : "sms_outbound", 0, Metric.SEGMENTS, segments, cost, currency)));
    }
}
