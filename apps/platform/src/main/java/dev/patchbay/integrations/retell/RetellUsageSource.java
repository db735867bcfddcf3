package dev.patchbay.integrations.retell;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.kernel.Json;
import dev.patchbay.usage.spi.RejectedStatement;
import dev.patchbay.usage.spi.UsageSource;
import dev.patchbay.usage.spi.UsageStatement;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists Retell's calls with their costs (Retell API, "List Calls" v3, oldest first): the list has the costs, so no call is read alone. */
@Component
class RetellUsageSource implements UsageSource {

    private static final int PAGE_SIZE = 1000;

    private final OutgoingHttp http;

    RetellUsageSource(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public String provider() {
        return "retell";
    }

    @Override
    public Page read(Account account, Window window, Optional<String> cursor) {
        JsonNode list = listCalls(account, window, cursor);
        List<UsageStatement> statements = new ArrayList<>();
        List<RejectedStatement> rejected = new ArrayList<>();
        Set<String> pending = new HashSet<>();
        Instant last = window.from();
        boolean inWindow = true;
        for (JsonNode call : list.path("items")) {
            Optional<Instant> start = RetellCallCost.startOf(call);
            inWindow = start.isEmpty() || start.get().isBefore(window.to());
            if (!inWindow) {
                break;
            }
            last = start.orElse(last);
            switch (RetellCallCost.read(call)) {
                case RetellCallCost.Stated(UsageStatement statement) -> statements.add(statement);
                case RetellCallCost.Pending(String callId) -> pending.add(callId);
                case RetellCallCost.Rejected(RejectedStatement rejection) -> rejected.add(rejection);
            }
        }
        String key = list.path("pagination_key").asString("");
        boolean more = inWindow && list.path("has_more").asBoolean(false) && !key.isEmpty();
        return new Page(statements, rejected, pending, key, more, Optional.of(more ? last : window.to()));
    }

    private JsonNode listCalls(Account account, Window window, Optional<String> cursor) {
        ObjectNode body = Json.object().put("sort_order", "ascending").put("limit", PAGE_SIZE);
        body.putObject("filter_criteria")
                .putObject("start_timestamp")
                .put("type", "number")
                .put("op", "ge")
                .put("value", window.from().toEpochMilli());
        cursor.ifPresent(key -> body.put("pagination_key", key));
        URI uri = URI.create(account.baseUrl() + "/v3/list-calls");
        Responded response = send(account, HttpCall.json("retell/calls.list", "POST", uri, body));
        if (!response.isSuccess() || !response.body().path("items").isArray()) {
            throw new Unavailable("Retell answered " + response.status() + " to the list of calls.");
        }
        return response.body();
    }

    /** Retell answers 422 or 404 to the id of a call that it does not have. */
    @Override
    public boolean exists(Account account, String subject) {
        URI uri = URI.create(account.baseUrl() + "/v2/get-call/" + URLEncoder.encode(subject, StandardCharsets.UTF_8));
        Responded response = send(account, HttpCall.get("retell/calls.get", uri));
        if (response.status() == 422 || response.status() == 404) {
            return false;
        }
        if (!response.isSuccess()) {
            throw new Unavailable("Retell answered " + response.status() + " to the question for a call.");
        }
        return true;
    }

    private Responded send(Account account, HttpCall call) {
        HttpOutcome outcome = http.send(call.withHeader("Authorization", "Bearer " + account.secret("api_key")));
        return switch (outcome) {
            case Responded responded -> responded;
            case HttpOutcome.NotSent notSent -> throw new Unavailable(notSent.sentence());
            case HttpOutcome.Lost lost -> throw new Unavailable(lost.sentence());
        };
    }
}
