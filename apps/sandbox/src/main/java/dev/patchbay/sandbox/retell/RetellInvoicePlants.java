package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.ControlError;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plants mistakes in an invoice. They change the invoice and not the calls' records, each in one line of a different call. They
 * are stored as the line that replaces, adds or removes one, so that the invoice stays the same until it is planted anew.
 */
final class RetellInvoicePlants {

    private static final BigDecimal TEN = BigDecimal.TEN;

    /** Lists the kinds, which are named as the platform's classes of differences. */
    static final List<String> KINDS = List.of(
            "other_period",
            "duplicate",
            "unknown_call",
            "only_ours",
            "unknown_product",
            "minimum",
            "token_surcharge",
            "transfer_leg",
            "other_quantity",
            "other_price");

    private final Store store;

    RetellInvoicePlants(Store store) {
        this.store = store;
    }

    /**
     * Plants mistakes in place of the earlier ones.
     *
     * @param request {@code {seed, kinds: [..], count}}; without kinds, one of each; {@code count} of each, by default 1
     * @return {@code {items: [{kind, callId, product, leg, effect, seconds, cents}]}}; a kind for which the month has no call
     *     is left out
     */
    ObjectNode plant(String apiKey, YearMonth month, ObjectNode request, List<RetellInvoiceLine> lines) {
        SplittableRandom random = new SplittableRandom(request.path("seed").asLong());
        List<String> kinds = request.path("kinds").isEmpty()
                ? KINDS
                : request.path("kinds").valueStream().map(JsonNode::asString).toList();
        Set<String> changedCalls = new HashSet<>();
        List<ObjectNode> items = new ArrayList<>();
        for (int round = 0; round < request.path("count").asInt(1); round++) {
            for (String kind : kinds) {
                choose(kind, lines, changedCalls, random)
                        .ifPresent(line -> items.add(mistake(kind, line, month).put("kind", kind)));
            }
        }
        ObjectNode plants = Json.object();
        plants.set("items", Json.array(items));
        store.put(Table.RETELL_PLANTS, apiKey + " " + month, plants);
        return plants;
    }

    /** Chooses a line that fits the kind, from a call without a mistake. */
    private static Optional<RetellInvoiceLine> choose(
            String kind, List<RetellInvoiceLine> lines, Set<String> changedCalls, SplittableRandom random) {
        Predicate<RetellInvoiceLine> fits = switch (kind) {
            case "minimum" -> line -> line.leg() == 0 && isBrief(line);
            case "token_surcharge" -> line -> line.product().equals(RetellCost.SURCHARGE);
            case "transfer_leg" -> line -> line.leg() > 0;
            case "other_period",
                    "duplicate",
                    "unknown_call",
                    "only_ours",
                    "unknown_product",
                    "other_quantity",
                    "other_price" ->
                line -> line.leg() == 0
                        && line.cents().signum() > 0
                        && !line.product().equals(RetellCost.SURCHARGE)
                        && !isBrief(line);
            default ->
                throw new ControlError(
                        400, "unknown_kind", "There is no kind '" + kind + "'; valid: " + String.join(", ", KINDS));
        };
        List<RetellInvoiceLine> fitting = lines.stream()
                .filter(fits)
                .filter(line -> !changedCalls.contains(line.callId()))
                .toList();
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        RetellInvoiceLine line = fitting.get(random.nextInt(fitting.size()));
        changedCalls.add(line.callId());
        return Optional.of(line);
    }

    /** Says whether the line is billed for less than the minimum of 10 s, but not for 0 s. */
    private static boolean isBrief(RetellInvoiceLine line) {
        return line.seconds().signum() > 0
                && line.seconds().compareTo(TEN) < 0
                && !line.product().equals(RetellCost.SURCHARGE);
    }

    private static ObjectNode mistake(String kind, RetellInvoiceLine line, YearMonth month) {
        return switch (kind) {
            case "other_period" ->
                item(
                        "add",
                        new RetellInvoiceLine(
                                line.callId() + "_before",
                                month.atDay(1)
                                                .atStartOfDay(ZoneOffset.UTC)
                                                .toInstant()
                                                .toEpochMilli()
                                        - 1,
                                line.product(),
                                0,
                                line.seconds(),
                                line.cents()));
            case "duplicate" -> item("add", line);
            case "unknown_call" ->
                item(
                        "add",
                        new RetellInvoiceLine(
                                line.callId() + "_unknown",
                                line.start(),
                                line.product(),
                                0,
                                line.seconds(),
                                line.cents()));
            case "only_ours" -> item("remove_call", line);
            case "unknown_product" ->
                item(
                        "add",
                        new RetellInvoiceLine(
                                line.callId(),
                                line.start(),
                                "premium_support",
                                0,
                                line.seconds(),
                                new BigDecimal("3.25")));
            case "minimum" ->
                item(
                        "replace",
                        line.withSeconds(TEN)
                                .withCents(RetellCost.plain(
                                        line.cents().multiply(TEN).divide(line.seconds(), 7, RoundingMode.HALF_UP))));
            case "token_surcharge", "transfer_leg" ->
                item(
                        "replace",
                        line.withSeconds(line.seconds().add(BigDecimal.ONE))
                                .withCents(line.cents().add(new BigDecimal("0.01"))));
            case "other_quantity" ->
                item(
                        "replace",
                        line.withSeconds(line.seconds().add(BigDecimal.valueOf(60)))
                                .withCents(RetellCost.plain(line.cents()
                                        .multiply(line.seconds().add(BigDecimal.valueOf(60)))
                                        .divide(line.seconds(), 7, RoundingMode.HALF_UP))));
            default -> item("replace", line.withCents(line.cents().add(new BigDecimal("0.0000001"))));
        };
    }

    private static ObjectNode item(String effect, RetellInvoiceLine line) {
        return Json.object()
                .put("callId", line.callId())
                .put("start", line.start())
                .put("product", line.product())
                .put("leg", line.leg())
                .put("effect", effect)
                .put("seconds", line.seconds())
                .put("cents", line.cents());
    }

    /** Returns the lines with the planted mistakes, as a list that can be extended. */
    List<RetellInvoiceLine> apply(String apiKey, YearMonth month, List<RetellInvoiceLine> lines) {
        JsonNode items = store.find(Table.RETELL_PLANTS, apiKey + " " + month)
                .map(plants -> plants.path("items"))
                .orElse(Json.MAPPER.createArrayNode());
        Map<String, RetellInvoiceLine> replaced = new HashMap<>();
        Set<String> removed = new HashSet<>();
        List<RetellInvoiceLine> added = new ArrayList<>();
        for (JsonNode item : items) {
            RetellInvoiceLine line = new RetellInvoiceLine(
                    Json.text(item, "callId"),
                    item.path("start").asLong(),
                    Json.text(item, "product"),
                    item.path("leg").asInt(),
                    item.path("seconds").decimalValue(),
                    item.path("cents").decimalValue());
            switch (Json.text(item, "effect")) {
                case "add" -> added.add(line);
                case "replace" -> replaced.put(key(line), line);
                default -> removed.add(line.callId());
            }
        }
        List<RetellInvoiceLine> result = new ArrayList<>();
        for (RetellInvoiceLine line : lines) {
            if (!removed.contains(line.callId())) {
                result.add(replaced.getOrDefault(key(line), line));
            }
        }
        result.addAll(added);
        return result;
    }

    private static String key(RetellInvoiceLine line) {
        return line.callId() + " " + line.product() + " " + line.leg();
    }
}
