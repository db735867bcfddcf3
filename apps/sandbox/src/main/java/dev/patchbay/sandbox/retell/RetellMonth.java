package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Json;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A month of calls that is computed, not stored: each call follows from the seed and its number, so that 100,000 calls cost no
 * memory and the same seed gives the same month. Some costs come late, some are corrected, and some calls vanish, each on one of
 * twenty days that {@code settle} lets pass.
 */
final class RetellMonth {

    static final int SETTLING_DAYS = 20;
    private static final int MAX_CALLS = 1_000_000;

    private final ObjectNode plan;
    private final List<ObjectNode> agents;
    private final long seed;
    /** Start and number of each call, by start: start in the upper bits' order, kept as two arrays. */
    private final long[] starts;

    /**
     * @param plan {@code {seed, month, calls, share: {transfer, surcharge, minimum, corrected, vanished, late}, day}}
     * @param agents at least one
     */
    RetellMonth(ObjectNode plan, List<ObjectNode> agents) {
        this.plan = plan;
        this.agents = agents;
        this.seed = plan.path("seed").asLong();
        YearMonth month = YearMonth.parse(Json.text(plan, "month"));
        long first = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        long end = month.plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
        int calls = Math.clamp(plan.path("calls").asInt(1000), 1, MAX_CALLS);
        SplittableRandom random = new SplittableRandom(seed);
        this.starts = random.longs(calls, first, end).sorted().toArray();
    }

    int size() {
        return starts.length;
    }

    /** The day up to which late costs, corrections and disappearances have happened; 0 at first. */
    private int day() {
        return plan.path("day").asInt(0);
    }

    /** The number of the first call that begins at that moment or later. */
    int firstAt(long millis) {
        int found = Arrays.binarySearch(starts, millis);
        while (found > 0 && starts[found - 1] == millis) {
            found--;
        }
        return found < 0 ? -found - 1 : found;
    }

    long startOf(int number) {
        return starts[number];
    }

    String idOf(int number) {
        return "call_%016x%011x".formatted(mix(seed ^ Json.text(plan, "month").hashCode()), number);
    }

    /** The number of the call with that id, when it is one of this month. */
    Optional<Integer> numberOf(String callId) {
        if (!callId.matches("call_[0-9a-f]{27}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(callId.substring(21), 16);
        return number < starts.length && idOf((int) number).equals(callId)
                ? Optional.of((int) number)
                : Optional.empty();
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** Everything that the seed decides about one call. */
    private final class Draw {
        private final SplittableRandom random;
        private final ObjectNode agent;
        private final long durationMillis;
        private final boolean dynamicOpening;
        private final int tokens;
        private final long transferMillis;
        private final int lateDay;
        private final int correctedDay;
        private final int vanishedDay;

        Draw(int number) {
            random = new SplittableRandom(mix(seed + 31L * number));
            agent = agents.get(random.nextInt(agents.size()));
            boolean brief = occurs("minimum", 0.05);
            durationMillis = brief
                    ? 1_000 + random.nextLong(9_000)
                    : 10_000 + 2 * Math.round(230_000 * random.nextDouble() * random.nextDouble());
            dynamicOpening = brief && random.nextBoolean();
            tokens = occurs("surcharge", 0.05) ? 3_501 + random.nextInt(5_000) : 800 + random.nextInt(2_700);
            transferMillis = occurs("transfer", 0.05) ? 1_000 + random.nextLong(600_000) : 0;
            lateDay = dayOf("late", 0.02);
            correctedDay = dayOf("corrected", 0.02);
            vanishedDay = dayOf("vanished", 0.001);
        }

        private boolean occurs(String share, double standard) {
            return random.nextDouble() < plan.path("share").path(share).asDouble(standard);
        }

        /** A day of settling, or one that never comes. */
        private int dayOf(String share, double standard) {
            boolean occurs = occurs(share, standard);
            int day = 1 + random.nextInt(SETTLING_DAYS);
            return occurs ? day : Integer.MAX_VALUE;
        }

        BigDecimal correction() {
            return new BigDecimal(random.nextInt(500, 1500)).movePointLeft(3);
        }
    }

    /** The call as the API returns it now; empty when it has vanished. */
    Optional<ObjectNode> call(int number) {
        Draw draw = new Draw(number);
        if (draw.vanishedDay <= day()) {
            return Optional.empty();
        }
        long end = starts[number] + draw.durationMillis;
        ObjectNode call = Json.object()
                .put("call_type", "phone_call")
                .put("from_number", "+1202555%04d".formatted(draw.random.nextInt(10_000)))
                .put("to_number", "+12137771235")
                .put("direction", "inbound")
                .put("call_id", idOf(number))
                .put("agent_id", Json.text(draw.agent, "agent_id"))
                .put("agent_name", Json.text(draw.agent, "agent_name"))
                .put("agent_version", draw.random.nextInt(3))
                .put("call_status", "ended")
                .put("start_timestamp", starts[number])
                .put("end_timestamp", end)
                .put("duration_ms", draw.durationMillis)
                .put("disconnection_reason", draw.transferMillis > 0 ? "call_transfer" : "user_hangup");
        if (draw.transferMillis > 0) {
            call.put("transfer_end_timestamp", end + draw.transferMillis);
        }
        call.set("llm_token_usage", Json.object().put("average", draw.tokens).put("num_requests", 6));
        boolean costIsKnown = draw.lateDay == Integer.MAX_VALUE || draw.lateDay <= day();
        if (costIsKnown) {
            call.set("call_cost", cost(draw));
        }
        return Optional.of(call);
    }

    private JsonNode cost(Draw draw) {
        ObjectNode cost = RetellCost.of(
                draw.agent,
                new RetellCost.Measure(draw.durationMillis, draw.dynamicOpening, draw.tokens, draw.transferMillis));
        return draw.correctedDay <= day() ? RetellCost.scale(cost, draw.correction()) : cost;
    }
}
