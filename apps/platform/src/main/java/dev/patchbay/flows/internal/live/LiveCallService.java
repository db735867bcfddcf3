package dev.patchbay.flows.internal.live;

import dev.patchbay.flows.internal.live.InvocationRepository.Line;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.ingress.spi.LiveCalls;
import dev.patchbay.kernel.TenantScope;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Answers ingress, which knows the wire and whose call it is. */
@Component
class LiveCallService implements LiveCalls {

    private static final Logger LOG = LoggerFactory.getLogger(LiveCallService.class);

    private final InboundCallHandler inboundCallHandler;
    private final LiveFunctions functions;
    private final Clients clients;
    private final InvocationRepository invocationRepository;
    private final InvocationRecorder trace;

    LiveCallService(
            InboundCallHandler inboundCallHandler,
            LiveFunctions functions,
            Clients clients,
            InvocationRepository invocationRepository,
            InvocationRecorder trace) {
        this.inboundCallHandler = inboundCallHandler;
        this.functions = functions;
        this.clients = clients;
        this.invocationRepository = invocationRepository;
        this.trace = trace;
    }

    /** A call to a number that nobody mapped is taken as the provider would take it without us. */
    @Override
    public InboundAnswer answer(Party party, InboundCall call) {
        return client(party)
                .map(client -> inboundCallHandler.answer(party, client, call))
                .orElseGet(() -> new InboundAnswer.Taken(Source.UNKNOWN, Optional.empty(), Optional.empty(), Map.of()));
    }

    @Override
    public FunctionAnswer perform(Party party, FunctionCall call) {
        long startedNanos = System.nanoTime();
        try {
            Line line = line(party, call);
            FunctionAnswer answer =
                    client(party).map(client -> functions.perform(line, client)).orElseGet(AgentReplies::unavailable);
            trace.answered(line, answer, startedNanos);
            return answer;
        } catch (DataAccessException | TransactionException databaseAway) {
            LOG.warn("an agent in {} was told to take a message", call.callId(), databaseAway);
            return AgentReplies.unavailable();
        }
    }

    private Line line(Party party, FunctionCall call) {
        var correlation = call.correlation()
                .or(() -> invocationRepository.correlation(party.tenant(), call.callId()))
                .orElse(party.correlation());
        return new Line(
                party.tenant(),
                party.client(),
                call.callId(),
                call.name(),
                correlation,
                call.caller(),
                call.arguments());
    }

    private Optional<Client> client(Party party) {
        return party.client().flatMap(id -> clients.find(TenantScope.of(party.tenant(), id), id));
    }
}
