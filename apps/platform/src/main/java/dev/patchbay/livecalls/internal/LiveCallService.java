package dev.patchbay.livecalls.internal;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.ingress.spi.LiveCalls;
import dev.patchbay.kernel.TenantScope;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Answers live calls for ingress, which speaks the provider's protocol and attributes the call to a client. */
@Component
class LiveCallService implements LiveCalls {

    private static final Logger LOG = LoggerFactory.getLogger(LiveCallService.class);

    private final InboundCallHandler inboundCallHandler;
    private final LiveFunctions functions;
    private final Clients clients;
    private final InvocationRecorder recorder;
    private final Clock clock;

    LiveCallService(
            InboundCallHandler inboundCallHandler,
            LiveFunctions functions,
            Clients clients,
            InvocationRecorder recorder,
            Clock clock) {
        this.inboundCallHandler = inboundCallHandler;
        this.functions = functions;
        this.clients = clients;
        this.recorder = recorder;
        this.clock = clock;
    }

    /** A call to a number that belongs to no client is taken as the provider would take it without Patchbay. */
    @Override
    public InboundAnswer answer(Party party, InboundCall call) {
        return findClient(party)
                .map(client -> inboundCallHandler.answer(party, client, call))
                .orElseGet(() -> new InboundAnswer.Taken(Source.UNKNOWN, Optional.empty(), Optional.empty(), Map.of()));
    }

    @Override
    public FunctionAnswer perform(Party party, FunctionCall call) {
        long startedNanos = System.nanoTime();
        try {
            var invocation = invocation(party, call);
            var client = findClient(party);
            if (client.isPresent()) {
                return perform(invocation, client.get(), startedNanos);
            }
            FunctionAnswer answer = AgentReplies.unavailableWithoutClient();
            recorder.record(invocation, answer, startedNanos);
            return answer;
        } catch (DataAccessException | TransactionException databaseAway) {
            return unavailable(call.callId(), databaseAway, AgentReplies.unavailableWithoutClient());
        }
    }

    private FunctionAnswer perform(FunctionInvocation invocation, Client client, long startedNanos) {
        try {
            FunctionAnswer answer = functions.perform(invocation, client);
            recorder.record(invocation, answer, startedNanos);
            return answer;
        } catch (DataAccessException | TransactionException databaseAway) {
            FunctionAnswer answer = AgentReplies.of(client, clock.instant()).unavailable();
            return unavailable(invocation.callId(), databaseAway, answer);
        }
    }

    private static FunctionAnswer unavailable(String callId, Exception databaseAway, FunctionAnswer answer) {
        LOG.warn("call {}: the database is away; the agent offers to take a message", callId, databaseAway);
        return answer;
    }

    private FunctionInvocation invocation(Party party, FunctionCall call) {
        return new FunctionInvocation(
                party.tenant(),
                party.client(),
                call.callId(),
                call.name(),
                party.correlation(),
                call.caller(),
                call.arguments());
    }

    private Optional<Client> findClient(Party party) {
        return party.client().flatMap(id -> clients.find(TenantScope.of(party.tenant(), id), id));
    }
}
