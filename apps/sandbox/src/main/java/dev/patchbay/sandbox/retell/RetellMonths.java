package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.ControlError;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The computed months of each account. */
public final class RetellMonths {

    private final Store store;
    private final RetellAgents agents;
    /** By key and stored plan, so that a changed plan makes a new month. */
    private final Map<String, RetellMonth> cache = new HashMap<>();

    private final Map<String, ObjectNode> cachedPlans = new HashMap<>();

    public RetellMonths(Store store, RetellAgents agents) {
        this.store = store;
        this.agents = agents;
    }

    /**
     * Adds a month of calls, without transcripts and webhooks, for the account's agents. Agents that are missing are created.
     *
     * @param request {@code {seed, month: "2026-10", calls, clients, share, apiKey}}; without a key, the first account
     * @return the plan with {@code agents}: the ids of the agents that the calls belong to
     */
    public ObjectNode create(ObjectNode request) {
        try {
            YearMonth.parse(Json.text(request, "month"));
        } catch (DateTimeException malformed) {
            throw new ControlError(400, "bad_month", "The member month is a year and a month, like 2026-10.");
        }
        return store.atomically(() -> {
            String apiKey = Json.find(request, "apiKey").orElseGet(agents::firstApiKey);
            ObjectNode plan = Json.object().put("apiKey", apiKey);
            plan.setAll(request.deepCopy().retain("seed", "month", "calls", "share"));
            plan.put("day", 0);
            plan.set(
                    "agents",
                    Json.MAPPER.valueToTree(
                            agents.ensure(apiKey, request.path("clients").asInt(2))));
            store.put(Table.RETELL_MONTHS, key(plan), plan);
            return plan;
        });
    }

    /**
     * Lets late costs, corrections and disappearances happen up to that day of settling.
     *
     * @param request {@code {seed, month, day}} with a day from 1 to 20
     */
    public ObjectNode settle(ObjectNode request) {
        return store.atomically(() -> {
            ObjectNode plan = store.find(Table.RETELL_MONTHS, key(request))
                    .orElseThrow(() -> new ControlError(404, "unknown_month", "There is no month with that seed."));
            plan.put("day", Math.clamp(request.path("day").asInt(), 0, RetellMonth.SETTLING_DAYS));
            store.put(Table.RETELL_MONTHS, key(plan), plan);
            return plan;
        });
    }

    private static String key(ObjectNode plan) {
        return Json.text(plan, "month") + " " + Json.text(plan, "seed");
    }

    /** The months of that account. Called while the store is held. */
    List<RetellMonth> list(String apiKey) {
        List<RetellMonth> months = new ArrayList<>();
        for (ObjectNode plan : store.list(Table.RETELL_MONTHS)) {
            if (Json.text(plan, "apiKey").equals(apiKey)) {
                String key = key(plan);
                if (!plan.equals(cachedPlans.get(key))) {
                    cachedPlans.put(key, plan);
                    cache.put(key, new RetellMonth(plan, agentsOf(plan)));
                }
                months.add(cache.get(key));
            }
        }
        return months;
    }

    private List<ObjectNode> agentsOf(ObjectNode plan) {
        return plan.path("agents")
                .valueStream()
                .flatMap(id -> agents.find(id.asString()).stream())
                .toList();
    }
}
