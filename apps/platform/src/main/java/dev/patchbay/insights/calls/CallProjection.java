package dev.patchbay.insights.calls;

import dev.patchbay.flows.history.CallRuns;
import dev.patchbay.flows.history.CallRuns.CallRun;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.ingress.CallEvents;
import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.livecalls.LiveCallHistory;
import dev.patchbay.livecalls.LiveCallHistory.InvocationEntry;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Writes the rows of calls from their facts. A row is locked before its facts are read, so that what a person changes on it
 * meanwhile is kept.
 */
@Component
class CallProjection {

    private final CallRepository calls;
    private final CallEvents events;
    private final CallRuns runs;
    private final LiveCallHistory liveCalls;
    private final Clients clients;

    CallProjection(CallRepository calls, CallEvents events, CallRuns runs, LiveCallHistory liveCalls, Clients clients) {
        this.calls = calls;
        this.events = events;
        this.runs = runs;
        this.liveCalls = liveCalls;
        this.clients = clients;
    }

    /**
     * Writes the calls of these conversations again. The caller holds the lock on the tenant's calls.
     *
     * @param zones the time zones of clients that were looked up before; those that are looked up now are added
     */
    void refresh(TenantId tenant, Set<CorrelationId> correlations, Map<ClientId, ZoneId> zones) {
        var pass = new Pass(tenant, correlations, calls.lock(tenant, correlations), zones);
        pass.updateKept();
        calls.insert(tenant, pass.missing());
    }

    /** One reading of the facts, after the rows were locked. */
    private final class Pass {

        private final TenantId tenant;
        private final List<CallRecord> kept;
        private final Map<String, List<Event>> eventsByCall;
        private final Map<CorrelationId, List<CallRun>> runsByConversation;
        private final Map<CorrelationId, List<InvocationEntry>> invocations;
        private final Map<ClientId, ZoneId> zones;

        Pass(TenantId tenant, Set<CorrelationId> correlations, List<CallRecord> kept, Map<ClientId, ZoneId> zones) {
            this.tenant = tenant;
            this.zones = zones;
            this.kept = kept;
            this.eventsByCall = group(events.find(tenant, correlations), Event::subject);
            Set<CorrelationId> ofCalls = ofCalls();
            this.runsByConversation =
                    ofCalls.isEmpty() ? Map.of() : group(runs.find(tenant, ofCalls), CallRun::correlation);
            this.invocations = ofCalls.isEmpty()
                    ? Map.of()
                    : group(liveCalls.read(TenantScope.of(tenant), ofCalls), InvocationEntry::correlation);
        }

        private Set<CorrelationId> ofCalls() {
            Set<CorrelationId> found = new HashSet<>();
            kept.forEach(call -> found.add(call.correlation()));
            eventsByCall.values().forEach(of -> found.add(of.getFirst().correlation()));
            return found;
        }

        private static <K, T> Map<K, List<T>> group(List<T> items, Function<T, K> key) {
            return items.stream().collect(Collectors.groupingBy(key));
        }

        private void updateKept() {
            var changed = new ArrayList<CallRecord>();
            for (CallRecord call : kept) {
                var next = withDetails(call).withResult(result(call.callId(), call.correlation()));
                if (!call.erased() && !next.equals(call)) {
                    changed.add(next);
                }
            }
            calls.update(tenant, changed);
        }

        private CallRecord withDetails(CallRecord call) {
            return Optional.ofNullable(eventsByCall.get(call.callId()))
                    .map(DetailsReader::read)
                    .filter(details -> !details.equals(call.details()))
                    .map(details -> call.withDetails(details, day(details)))
                    .orElse(call);
        }

        private CallResult result(String callId, CorrelationId correlation) {
            return ResultRules.decide(
                    runsByConversation.getOrDefault(correlation, List.of()),
                    invocations.getOrDefault(correlation, List.of()).stream()
                            .filter(invocation -> invocation.callId().equals(callId))
                            .toList());
        }

        private List<CallRecord> missing() {
            Set<String> present = kept.stream().map(CallRecord::callId).collect(Collectors.toSet());
            return eventsByCall.entrySet().stream()
                    .filter(call -> !present.contains(call.getKey()))
                    .map(call -> create(call.getKey(), call.getValue()))
                    .toList();
        }

        private CallRecord create(String callId, List<Event> ofCall) {
            var correlation = ofCall.getFirst().correlation();
            var details = DetailsReader.read(ofCall);
            return new CallRecord(callId, correlation, details, day(details), result(callId, correlation), false);
        }

        private LocalDate day(CallDetails details) {
            var zone = zones.computeIfAbsent(details.client(), this::findZone);
            return details.calledAt().atZone(zone).toLocalDate();
        }

        private ZoneId findZone(ClientId client) {
            return clients.find(TenantScope.of(tenant), client)
                    .map(Client::zone)
                    .orElse(ZoneOffset.UTC);
        }
    }
}
