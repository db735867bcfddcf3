package dev.patchbay.insights.calls;

import dev.patchbay.insights.calls.CallResult.DecidingRun;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes a call with the column names of its table, for {@code jsonb_populate_recordset}. */
final class CallRow {

    private CallRow() {}

    static ObjectNode of(TenantId tenant, CallRecord call) {
        var details = call.details();
        var result = call.result();
        var row = Json.object()
                .put("tenant_id", tenant.value())
                .put("call_id", call.callId())
                .put("correlation_id", call.correlation().value())
                .put("client_id", details.client().value())
                .put("called_at", details.calledAt().toString())
                .put("day", call.day().toString())
                .put("seconds", details.seconds())
                .put("direction", details.direction())
                .put("from_number", details.from())
                .put("to_number", details.to())
                .put("number", details.number())
                .put("caller_name", details.callerName())
                .put("name_key", nameKey(details.callerName()))
                .put("surname_key", surnameKey(details.callerName()))
                .put("requested", details.requested())
                .put("outcome", result.outcome().code())
                .put("reason", result.reason())
                .put("needs_person", result.needsPerson())
                .put("sentence", result.sentence())
                .put("booked_start", result.bookedStart())
                .put("booked_local", result.bookedLocal())
                .put("contact_id", result.contactId())
                .put("run_id", run(result, DecidingRun::id))
                .put("run_status", run(result, DecidingRun::status))
                .put("flow_name", run(result, DecidingRun::flow))
                .put("flow_version", run(result, DecidingRun::version))
                .put("live", result.live());
        row.set("failed_calls", Json.tree(result.failedCalls()));
        return row;
    }

    private static @Nullable String run(CallResult result, Function<DecidingRun, String> member) {
        return Optional.ofNullable(result.run()).map(member).orElse(null);
    }

    static @Nullable String nameKey(@Nullable String name) {
        return name == null ? null : name.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String surnameKey(@Nullable String name) {
        String key = nameKey(name);
        return key == null ? null : key.substring(key.lastIndexOf(' ') + 1);
    }
}
