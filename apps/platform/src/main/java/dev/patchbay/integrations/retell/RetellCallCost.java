package dev.patchbay.integrations.retell;

import dev.patchbay.usage.spi.RejectedStatement;
import dev.patchbay.usage.spi.RejectedStatement.Code;
import dev.patchbay.usage.spi.UsageStatement;
import dev.patchbay.usage.spi.UsageStatement.Charge;
import dev.patchbay.usage.spi.UsageStatement.Metric;
import dev.patchbay.usage.spi.UsageStatement.Source;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the cost of a call ({@code call_cost}, in fractional cents of USD). Every digit is kept. Some products have no unit
 * price, and a product may appear twice: the second time for the leg after a transfer.
 */
final class RetellCallCost {

    private static final Currency USD = Currency.getInstance("USD");
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    /** Above so many input tokens a request, on average, the model is billed for more seconds (Retell, "Billing exceptions"). */
    private static final BigDecimal FREE_TOKENS = BigDecimal.valueOf(3500);

    private static final String SURCHARGE = "llm_token_surcharge";
    private static final Set<String> ENDED = Set.of("ended", "error", "not_connected");
    private static final List<String> KEPT_MEMBERS = List.of(
            "call_id",
            "call_status",
            "agent_id",
            "agent_version",
            "start_timestamp",
            "end_timestamp",
            "transfer_end_timestamp",
            "duration_ms",
            "call_cost");

    private RetellCallCost() {}

    /** The meaning of a listed call for usage. */
    sealed interface Reading permits Stated, Pending, Rejected {}

    record Stated(UsageStatement statement) implements Reading {}

    /** It has not ended, or its cost is not known yet. */
    record Pending(String callId) implements Reading {}

    record Rejected(RejectedStatement rejection) implements Reading {}

    /** A member that cannot be read. */
    private static final class Violation extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final Code code;

        Violation(Code code, String detail) {
            super(detail);
            this.code = code;
        }
    }

    /** Empty for a call that never started. */
    static Optional<Instant> startOf(JsonNode call) {
        JsonNode start = call.path("start_timestamp");
        return start.isIntegralNumber() && start.canConvertToLong()
                ? Optional.of(Instant.ofEpochMilli(start.asLong()))
                : Optional.empty();
    }

    static Reading read(JsonNode call) {
        String callId = call.path("call_id").asString("");
        boolean ended = ENDED.contains(call.path("call_status").asString(""));
        if (!ended || !call.path("call_cost").isObject()) {
            return new Pending(callId);
        }
        try {
            return new Stated(statement(callId, call));
        } catch (Violation violation) {
            return new Rejected(new RejectedStatement(
                    callId, startOf(call).orElse(null), violation.code, String.valueOf(violation.getMessage())));
        }
    }

    private static UsageStatement statement(String callId, JsonNode call) {
        Instant start = startOf(call)
                .orElseThrow(() -> new Violation(Code.MALFORMED, "The call has a cost and no start_timestamp."));
        ObjectNode kept = ((ObjectNode) call).deepCopy().retain(KEPT_MEMBERS);
        JsonNode tokens = call.path("llm_token_usage").path("average");
        if (tokens.isNumber()) {
            kept.putObject("llm_token_usage").set("average", tokens);
        }
        String agent = call.path("agent_id").asString("");
        return new UsageStatement(
                callId, start, new Source("agent", agent), agent, version(call), kept, charges(call, start));
    }

    private static @Nullable String version(JsonNode call) {
        JsonNode version = call.path("agent_version");
        return version.isIntegralNumber() ? version.asString() : null;
    }

    private static List<Charge> charges(JsonNode call, Instant start) {
        BigDecimal talk = talkSeconds(call, start);
        JsonNode cost = call.path("call_cost");
        BigDecimal billed =
                optionalNumber(cost, "total_duration_seconds").orElseGet(() -> talk.setScale(0, RoundingMode.CEILING));
        var charges = new ArrayList<Charge>();
        charges.add(new Charge(UsageStatement.CALL, 0, Metric.TALK_SECONDS, talk, BigDecimal.ZERO, USD));
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode product : cost.path("product_costs")) {
            Charge charge = charge(product, call, billed);
            charges.add(charge);
            sum = sum.add(charge.cost());
        }
        BigDecimal combined = optionalNumber(cost, "combined_cost").orElse(sum.movePointRight(2));
        BigDecimal rest = combined.movePointLeft(2).subtract(sum);
        if (rest.signum() != 0) {
            charges.add(new Charge(UsageStatement.UNEXPLAINED, 0, Metric.NONE, BigDecimal.ZERO, rest, USD));
        }
        return charges;
    }

    private static BigDecimal talkSeconds(JsonNode call, Instant start) {
        BigDecimal millis = optionalNumber(call, "duration_ms")
                .or(() -> optionalNumber(call, "end_timestamp")
                        .map(end -> end.subtract(BigDecimal.valueOf(start.toEpochMilli()))))
                .orElse(BigDecimal.ZERO);
        if (millis.signum() < 0) {
            throw new Violation(Code.NEGATIVE_DURATION, "The call lasted " + millis.toPlainString() + " ms.");
        }
        return millis.divide(THOUSAND).stripTrailingZeros();
    }

    private static Charge charge(JsonNode product, JsonNode call, BigDecimal billed) {
        String name = product.path("product").asString("");
        BigDecimal cents = optionalNumber(product, "cost")
                .filter(cost -> !name.isEmpty())
                .orElseThrow(() -> new Violation(Code.MALFORMED, "A product of the call has no name or no cost."));
        if (cents.signum() < 0) {
            throw new Violation(
                    Code.NEGATIVE_COST, "The product " + name + " costs " + cents.toPlainString() + " cents.");
        }
        boolean transferLeg = product.path("is_transfer_leg_cost").asBoolean(false);
        BigDecimal cost = cents.movePointLeft(2);
        if (name.equals(SURCHARGE)) {
            return new Charge(name, 0, Metric.EXTRA_SECONDS, surchargeSeconds(call, billed), cost, USD);
        }
        return transferLeg
                ? new Charge(name, 1, Metric.SECONDS, transferSeconds(call, product, cents), cost, USD)
                : new Charge(name, 0, Metric.SECONDS, billed, cost, USD);
    }

    /** The seconds that the average of input tokens explains: shown beside the stated cost, never used to compute one. */
    private static BigDecimal surchargeSeconds(JsonNode call, BigDecimal billed) {
        BigDecimal tokens =
                optionalNumber(call.path("llm_token_usage"), "average").orElse(BigDecimal.ZERO);
        return billed.multiply(tokens)
                .divide(FREE_TOKENS, 0, RoundingMode.CEILING)
                .subtract(billed)
                .max(BigDecimal.ZERO);
    }

    private static BigDecimal transferSeconds(JsonNode call, JsonNode product, BigDecimal cents) {
        Optional<BigDecimal> end = optionalNumber(call, "end_timestamp");
        Optional<BigDecimal> transferEnd = optionalNumber(call, "transfer_end_timestamp");
        if (end.isPresent() && transferEnd.isPresent()) {
            return transferEnd
                    .get()
                    .subtract(end.get())
                    .divide(THOUSAND, 0, RoundingMode.CEILING)
                    .max(BigDecimal.ZERO);
        }
        // The unit price is rounded to seven places, so the quotient is a whole number but for its last digits.
        return optionalNumber(product, "unit_price")
                .filter(price -> price.signum() > 0)
                .map(price -> cents.divide(price, 0, RoundingMode.HALF_UP))
                .orElse(BigDecimal.ZERO);
    }

    private static Optional<BigDecimal> optionalNumber(JsonNode node, String member) {
        JsonNode value = node.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isNumber()) {
            throw new Violation(Code.MALFORMED, "The member " + member + " is no number.");
        }
        return Optional.of(value.decimalValue());
    }
}
