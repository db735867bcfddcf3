package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.ControlError;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All calls of an account, those that were placed and those of its computed months, by the time of their start. */
public final class RetellCallCatalog {

    private static final Comparator<ObjectNode> BY_START = Comparator.<ObjectNode>comparingLong(
                    RetellCallCatalog::startOf)
            .thenComparing(call -> Json.text(call, "call_id"));

    private final Store store;
    private final RetellAgents agents;
    private final RetellMonths months;
    private final Clock clock;

    public RetellCallCatalog(Store store, RetellAgents agents, RetellMonths months, Clock clock) {
        this.store = store;
        this.agents = agents;
        this.months = months;
        this.clock = clock;
    }

    static long startOf(JsonNode call) {
        return call.path("start_timestamp").asLong();
    }

    /** A place in the list: after the call with that start and id. */
    record Position(long start, String callId) {

        static Position before(long start) {
            return new Position(start, "");
        }

        static Position of(ObjectNode call) {
            return new Position(startOf(call), Json.text(call, "call_id"));
        }

        boolean isBefore(ObjectNode call) {
            return isBefore(of(call));
        }

        boolean isBefore(Position other) {
            return start < other.start || (start == other.start && callId.compareTo(other.callId) < 0);
        }
    }

    /** The account's call; one that vanished, or will only begin, is unknown. */
    Optional<ObjectNode> find(String apiKey, String callId) {
        if (store.contains(Table.RETELL_VANISHED, callId)) {
            return Optional.empty();
        }
        Optional<ObjectNode> placed = store.find(Table.RETELL_CALLS, callId);
        return placed.isPresent()
                ? placed.filter(call -> agents.isOwner(apiKey, call))
                : months.list(apiKey).stream()
                        .flatMap(month -> month.numberOf(callId).flatMap(month::call).stream())
                        .filter(this::hasEnded)
                        .findFirst();
    }

    private boolean hasEnded(ObjectNode call) {
        return call.path("end_timestamp").asLong() <= clock.millis();
    }

    /** The account's calls after that place that match, oldest first, at most so many. */
    List<ObjectNode> listAfter(String apiKey, Position after, Predicate<ObjectNode> filter, int limit) {
        List<ObjectNode> found = new ArrayList<>(placed(apiKey).stream()
                .filter(after::isBefore)
                .filter(filter)
                .sorted(BY_START)
                .limit(limit)
                .toList());
        for (RetellMonth month : months.list(apiKey)) {
            found.addAll(listAfter(month, after, filter, limit));
        }
        return found.stream().sorted(BY_START).limit(limit).toList();
    }

    private List<ObjectNode> listAfter(RetellMonth month, Position after, Predicate<ObjectNode> filter, int limit) {
        List<ObjectNode> found = new ArrayList<>();
        for (int number = month.firstAt(after.start()); number < month.size() && found.size() < limit; number++) {
            if (month.startOf(number) > clock.millis()) {
                break;
            }
            // Of calls with one start, ids decide, and they ascend with the numbers.
            String id = month.idOf(number);
            if (!store.contains(Table.RETELL_VANISHED, id) && !store.contains(Table.RETELL_CALLS, id)) {
                month.call(number)
                        .filter(after::isBefore)
                        .filter(this::hasEnded)
                        .filter(filter)
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private List<ObjectNode> placed(String apiKey) {
        return store.list(Table.RETELL_CALLS).stream()
                .filter(call -> agents.isOwner(apiKey, call))
                .filter(call -> !store.contains(Table.RETELL_VANISHED, Json.text(call, "call_id")))
                .toList();
    }

    /**
     * Changes the cost of a call without a webhook, as a provider does that corrects it.
     *
     * @param request {@code {id}} in the path; {@code {products}}, {@code {factor}} or {@code {remove: true}}
     */
    public ObjectNode changeCost(Request request) {
        String id = request.pathParameter("id");
        ObjectNode change = request.json();
        return store.atomically(() -> {
            ObjectNode call = findOfAnyAccount(id);
            if (change.path("remove").asBoolean(false)) {
                call.remove("call_cost");
            } else if (change.has("factor")) {
                call.set(
                        "call_cost",
                        RetellCost.scale(call.path("call_cost"), new BigDecimal(Json.text(change, "factor"))));
            } else {
                List<ObjectNode> products = change.path("products")
                        .valueStream()
                        .map(product -> (ObjectNode) product)
                        .toList();
                ObjectNode cost = call.path("call_cost").isObject()
                        ? (ObjectNode) call.path("call_cost")
                        : Json.object()
                                .put(
                                        "total_duration_seconds",
                                        call.path("duration_ms").asLong() / 1000);
                call.set("call_cost", RetellCost.total(cost, products));
            }
            store.put(Table.RETELL_CALLS, id, call);
            return call;
        });
    }

    /** Sets members of a call, so that a script can state what the API should never state. */
    public ObjectNode change(Request request) {
        String id = request.pathParameter("id");
        return store.atomically(() -> {
            ObjectNode call = findOfAnyAccount(id).setAll(request.json());
            store.put(Table.RETELL_CALLS, id, call);
            return call;
        });
    }

    /** Lets a call vanish. */
    public ObjectNode remove(Request request) {
        String id = request.pathParameter("id");
        return store.atomically(() -> {
            findOfAnyAccount(id);
            store.put(Table.RETELL_VANISHED, id, Json.object().put("call_id", id));
            return Json.object().put("vanished", id);
        });
    }

    private ObjectNode findOfAnyAccount(String id) {
        return agents.apiKeys().stream()
                .flatMap(apiKey -> find(apiKey, id).stream())
                .findFirst()
                .orElseThrow(() -> new ControlError(404, "unknown_call", "There is no call " + id + "."));
    }
}
