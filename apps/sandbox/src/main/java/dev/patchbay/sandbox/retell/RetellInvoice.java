package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.ControlError;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the invoice of a month (UTC, by the start of calls). It has a line for each product and leg of a call, with the cents
 * that the calls' records have now, and lines without a call. {@link RetellInvoicePlants} puts mistakes into it.
 */
public final class RetellInvoice {

    private static final BigDecimal NUMBER_CENTS = BigDecimal.valueOf(200);

    private final RetellAgents agents;
    private final RetellCallCatalog catalog;
    private final Store store;

    public RetellInvoice(RetellAgents agents, RetellCallCatalog catalog, Store store) {
        this.agents = agents;
        this.catalog = catalog;
        this.store = store;
    }

    /**
     * Answers {@code GET /_sandbox/retell/invoice?month=2026-10&format=json|csv&apiKey=…}; without a key it uses the first
     * account's.
     */
    public Response get(Request request) {
        YearMonth month = month(request.query("month").orElse(""));
        String apiKey = request.query("apiKey").orElseGet(agents::firstApiKey);
        List<RetellInvoiceLine> lines = store.atomically(() -> lines(apiKey, month));
        boolean csv = request.query("format").orElse("json").equals("csv");
        return csv ? csv(lines) : Response.ok(json(month, lines));
    }

    static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException malformed) {
            throw new ControlError(400, "bad_month", "The month is a year and a month, like 2026-10.");
        }
    }

    private List<RetellInvoiceLine> lines(String apiKey, YearMonth month) {
        List<RetellInvoiceLine> lines = new RetellInvoicePlants(store).apply(apiKey, month, callLines(apiKey, month));
        for (String number : agents.numbers(apiKey)) {
            lines.add(new RetellInvoiceLine("", 0, "number " + number, 0, BigDecimal.ZERO, NUMBER_CENTS));
        }
        lines.add(new RetellInvoiceLine("", 0, "concurrency", 0, BigDecimal.ZERO, BigDecimal.valueOf(800)));
        lines.add(new RetellInvoiceLine("", 0, "credit", 0, BigDecimal.ZERO, new BigDecimal("-250.5")));
        return lines;
    }

    /** Returns the lines of all calls of the month, by start. */
    List<RetellInvoiceLine> callLines(String apiKey, YearMonth month) {
        long first = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        long end = month.plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
        List<RetellInvoiceLine> lines = new ArrayList<>();
        catalog.listAfter(
                        apiKey,
                        RetellCallCatalog.Position.before(first),
                        call -> RetellCallCatalog.startOf(call) < end
                                && call.path("call_cost").isObject(),
                        Integer.MAX_VALUE)
                .forEach(call -> addLines(call, lines));
        return lines;
    }

    private static void addLines(ObjectNode call, List<RetellInvoiceLine> lines) {
        JsonNode cost = call.path("call_cost");
        BigDecimal billed = cost.path("total_duration_seconds").decimalValue();
        for (JsonNode product : cost.path("product_costs")) {
            boolean transfer = product.path("is_transfer_leg_cost").asBoolean(false);
            lines.add(new RetellInvoiceLine(
                    Json.text(call, "call_id"),
                    RetellCallCatalog.startOf(call),
                    Json.text(product, "product"),
                    transfer ? 1 : 0,
                    seconds(call, product, billed, transfer),
                    product.path("cost").decimalValue()));
        }
    }

    private static BigDecimal seconds(ObjectNode call, JsonNode product, BigDecimal billed, boolean transfer) {
        if (transfer) {
            long millis = call.path("transfer_end_timestamp").asLong()
                    - call.path("end_timestamp").asLong();
            return BigDecimal.valueOf(Math.ceilDiv(millis, 1000L));
        }
        if (Json.text(product, "product").equals(RetellCost.SURCHARGE)) {
            long tokens = call.path("llm_token_usage").path("average").asLong();
            return BigDecimal.valueOf(Math.ceilDiv(billed.longValue() * tokens, 3500L))
                    .subtract(billed);
        }
        return billed;
    }

    private static BigDecimal subtotal(List<RetellInvoiceLine> lines) {
        return lines.stream().map(RetellInvoiceLine::cents).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static ObjectNode json(YearMonth month, List<RetellInvoiceLine> lines) {
        BigDecimal subtotal = subtotal(lines);
        ObjectNode invoice = Json.object()
                .put("invoice_id", "in_" + month)
                .put("month", month.toString())
                .put("time_zone", "UTC")
                .put("currency", "usd");
        invoice.set(
                "lines",
                Json.array(lines.stream().map(RetellInvoiceLine::toJson).toList()));
        return invoice.put("subtotal", RetellCost.plain(subtotal))
                .put("total", subtotal.setScale(0, RoundingMode.HALF_UP));
    }

    /** Writes the invoice as CSV. The two last rows, without a product, are the exact subtotal and the total in whole cents. */
    private static Response csv(List<RetellInvoiceLine> lines) {
        StringBuilder text = new StringBuilder("call_id,start_timestamp,product,leg,seconds,cents\n");
        lines.forEach(line -> text.append(line.toCsv()).append('\n'));
        BigDecimal subtotal = subtotal(lines);
        text.append(",,subtotal,,,").append(subtotal.toPlainString()).append('\n');
        text.append(",,total,,,")
                .append(subtotal.setScale(0, RoundingMode.HALF_UP).toPlainString())
                .append('\n');
        return new Response(200, Map.of("Content-Type", "text/csv; charset=utf-8"), text.toString());
    }

    /** Answers {@code POST /_sandbox/retell/invoice/plant {seed, month, kinds, apiKey}}. */
    public Response plant(Request request) {
        ObjectNode body = request.json();
        return Response.ok(store.atomically(() -> {
            String apiKey = Json.find(body, "apiKey").orElseGet(agents::firstApiKey);
            YearMonth month = month(Json.text(body, "month"));
            return new RetellInvoicePlants(store).plant(apiKey, month, body, callLines(apiKey, month));
        }));
    }

    /** Answers {@code GET /_sandbox/retell/invoice/planted?month=…} with the planted mistakes. */
    public Response planted(Request request) {
        String apiKey = request.query("apiKey").orElseGet(agents::firstApiKey);
        YearMonth month = month(request.query("month").orElse(""));
        ObjectNode body = Json.object();
        body.set(
                "items",
                store.find(Table.RETELL_PLANTS, apiKey + " " + month)
                        .map(plants -> plants.path("items"))
                        .orElse(Json.MAPPER.createArrayNode()));
        return Response.ok(body);
    }
}
