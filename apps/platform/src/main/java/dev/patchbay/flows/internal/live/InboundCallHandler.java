package dev.patchbay.flows.internal.live;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.ingress.spi.LiveCalls.InboundAnswer;
import dev.patchbay.ingress.spi.LiveCalls.InboundCall;
import dev.patchbay.ingress.spi.LiveCalls.Party;
import dev.patchbay.ingress.spi.LiveCalls.Source;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Takes calls that ring. The CRM has a budget; when it does not answer in it, what it said last is said again, and where it
 * never said anything the call is taken all the same.
 */
@Component
class InboundCallHandler {

    private final Actions actions;
    private final CallerCache callerCache;
    private final AsyncWork asyncWork;
    private final LiveSettings settings;
    private final Clock clock;

    InboundCallHandler(
            Actions actions, CallerCache callerCache, AsyncWork asyncWork, LiveSettings settings, Clock clock) {
        this.actions = actions;
        this.callerCache = callerCache;
        this.asyncWork = asyncWork;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is known of a caller: {@code {contacts: […]}}, and from where. */
    private record Known(Source source, JsonNode contacts) {}

    InboundAnswer answer(Party party, Client client, InboundCall call) {
        var policy = InboundPolicy.of(client.settings());
        if (policy.refuses(call.from())) {
            return new InboundAnswer.Refused();
        }
        var variables = new LinkedHashMap<>(policy.variables());
        variables.put("client_name", client.name());
        var known = call.from()
                .map(phone -> known(party, client, phone, variables))
                .orElseGet(() -> new Known(Source.UNKNOWN, Json.object()));
        describe(known, variables);
        return new InboundAnswer.Taken(known.source(), policy.agentId(), policy.agentVersion(), variables);
    }

    private Known known(Party party, Client client, PhoneNumber phone, Map<String, String> variables) {
        long started = System.nanoTime();
        var asked = asyncWork.start(() -> ask(party, client, phone));
        callerCache
                .lastAppointment(party.tenant(), client.id(), phone)
                .ifPresent(appointment -> variables.put("last_appointment", appointment));
        var remembered = callerCache.find(party.tenant(), client.id(), phone);
        Duration left = settings.crmBudget().minusNanos(System.nanoTime() - started);
        return waited(asked, left)
                .map(contacts -> new Known(Source.FRESH, contacts))
                .or(() -> remembered.map(contacts -> new Known(Source.REMEMBERED, contacts)))
                .orElseGet(() -> new Known(Source.UNKNOWN, Json.object()));
    }

    private static Optional<JsonNode> waited(CompletableFuture<Optional<JsonNode>> asked, Duration left) {
        return AsyncWork.within(asked, left).flatMap(answer -> answer);
    }

    /** Remembers what the CRM answers, however late; empty when it does not. */
    private Optional<JsonNode> ask(Party party, Client client, PhoneNumber phone) {
        Instant askedAt = clock.instant();
        var question = new ActionRequest(
                client.id(),
                client.zone(),
                party.correlation(),
                new EffectKey(
                        party.tenant(),
                        new EffectOrigin.LiveCall(party.correlation().value()),
                        "crm.findContact",
                        0),
                "inbound",
                PortFunction.byName("crm.findContact"),
                Json.object().put("phone", phone.e164()),
                settings.crmPatience());
        Outcome outcome = actions.attempt(question, 1, false, ExchangeLog.startingAt(askedAt));
        return Optional.of(outcome)
                .filter(Outcome.Succeeded.class::isInstance)
                .map(done -> ((Outcome.Succeeded) done).value())
                .map(contacts -> {
                    callerCache.keep(party.tenant(), client.id(), phone, contacts, askedAt);
                    return contacts;
                });
    }

    /** What a prompt may say. What is not known has no variable, so that the agent's own default stands. */
    private static void describe(Known known, Map<String, String> variables) {
        JsonNode contact = known.contacts().path("contacts").path(0);
        variables.put(
                "caller_known", known.source() == Source.UNKNOWN ? "unknown" : String.valueOf(contact.isObject()));
        String first = contact.path("firstName").asString("");
        String last = contact.path("lastName").asString("");
        put(variables, "contact_id", contact.path("id").asString(""));
        put(variables, "caller_name", (first + " " + last).strip());
        put(variables, "first_name", first);
        put(variables, "last_name", last);
        put(variables, "email", contact.path("email").asString(""));
    }

    private static void put(Map<String, String> variables, String name, String value) {
        if (!value.isEmpty()) {
            variables.put(name, value);
        }
    }
}
