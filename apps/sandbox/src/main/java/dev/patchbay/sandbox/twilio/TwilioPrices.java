package dev.patchbay.sandbox.twilio;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prices of messages: null until some time after the message was sent, then a negative amount as text. A message that was never
 * sent has none.
 */
public final class TwilioPrices {

    private static final Duration DEFAULT_LAG = Duration.ofSeconds(2);
    private static final Set<String> PRICED = Set.of("sent", "delivered", "received");
    private static final BigDecimal OUTBOUND = new BigDecimal("-0.00830");
    private static final BigDecimal INBOUND = new BigDecimal("-0.00750");

    private final Store store;
    private final Clock clock;

    public TwilioPrices(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A copy of the message with its price as it is known now. An override by the control API comes first. */
    ObjectNode withPrice(ObjectNode message, ObjectNode account) {
        ObjectNode priced = message.deepCopy();
        store.find(Table.TWILIO_PRICES, Json.text(message, "sid")).ifPresentOrElse(priced::setAll, () -> {
            if (isKnown(message, account)) {
                BigDecimal segments = new BigDecimal(Json.text(message, "num_segments"));
                boolean inbound = Json.text(message, "direction").equals("inbound");
                priced.put(
                        "price",
                        (inbound ? INBOUND : OUTBOUND).multiply(segments).toPlainString());
            }
        });
        return priced;
    }

    private boolean isKnown(ObjectNode message, ObjectNode account) {
        Duration lag = account.has("priceLagSeconds")
                ? Duration.ofSeconds(account.path("priceLagSeconds").asLong())
                : DEFAULT_LAG;
        String sent = Json.find(message, "date_sent").orElse(Json.text(message, "date_created"));
        Instant knownFrom = TwilioDates.parse(sent).plus(lag);
        return PRICED.contains(Json.text(message, "status")) && !clock.instant().isBefore(knownFrom);
    }

    /** {@code POST /_sandbox/twilio/messages/{sid}/price {price, price_unit, num_segments}}: what the API states from now on. */
    public ObjectNode change(Request request) {
        ObjectNode price = request.json();
        store.put(Table.TWILIO_PRICES, request.pathParameter("sid"), price);
        return price;
    }

    /** The usage of the account by day (GMT) and category, as Twilio's usage records state it: positive amounts. */
    Response listDailyUsage(List<ObjectNode> messages, ObjectNode account) {
        Map<LocalDate, List<ObjectNode>> days = messages.stream()
                .map(message -> withPrice(message, account))
                .filter(message -> !message.path("price").isNull())
                .collect(Collectors.groupingBy(
                        message -> TwilioDates.parseDay(
                                Json.find(message, "date_sent").orElse(Json.text(message, "date_created"))),
                        TreeMap::new,
                        Collectors.toList()));
        ObjectNode body = Json.object();
        body.set(
                "usage_records",
                Json.array(days.entrySet().stream()
                        .map(day -> Json.object()
                                .put("category", "sms")
                                .put("start_date", day.getKey().toString())
                                .put("end_date", day.getKey().toString())
                                .put("count", Integer.toString(day.getValue().size()))
                                .put("count_unit", "messages")
                                .put(
                                        "price",
                                        day.getValue().stream()
                                                .map(message -> new BigDecimal(Json.text(message, "price")).negate())
                                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                                .toPlainString())
                                .put("price_unit", "usd"))
                        .toList()));
        return Response.ok(body);
    }
}
