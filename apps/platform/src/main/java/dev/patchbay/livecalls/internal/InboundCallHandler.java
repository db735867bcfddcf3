package dev.patchbay.livecalls.internal;

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
 * Answers a ringing (inbound) call: decides which agent takes it, and what the agent knows of the caller. When the CRM does
 * not answer before its
 * timeout, the cached answer is used; without a cached answer the call is taken all the same.
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

    /**
     * The CRM's record of a caller.
     *
     * @param contacts the answer of {@code crm.findContact}, {@code {contacts: […]}}; an empty object when there is none
     */
    private record CallerInfo(Source source, JsonNode contacts) {

        static CallerInfo unknown() {
            return new CallerInfo(Source.UNKNOWN, Json.object());
        }
    }

    InboundAnswer answer(Party party, Client client, InboundCall call) {
        var policy = InboundPolicy.of(client.settings());
        if (policy.refuses(call.from())) {
            return new InboundAnswer.Refused();
        }
        var variables = new LinkedHashMap<>(policy.variables());
        variables.put("client_name", client.name());
        var caller = call.from()
                .map(phone -> lookUpCaller(party, client, phone, variables))
                .orElseGet(CallerInfo::unknown);
        putCallerVariables(caller, variables);
        return new InboundAnswer.Taken(caller.source(), policy.agentId(), policy.agentVersion(), variables);
    }

    /** Reads the cache and the last appointment while the CRM is being asked. */
    private CallerInfo lookUpCaller(Party party, Client client, PhoneNumber phone, Map<String, String> variables) {
        long startedNanos = System.nanoTime();
        var crmAnswer = asyncWork.start(() -> askCrm(party, client, phone));
        callerCache
                .findLastAppointment(party.tenant(), client.id(), phone)
                .ifPresent(appointment -> variables.put("last_appointment", appointment));
        var cached = callerCache.find(party.tenant(), client.id(), phone);
        Duration timeout = settings.crmTimeout().minusNanos(System.nanoTime() - startedNanos);
        return await(crmAnswer, timeout)
                .map(contacts -> new CallerInfo(Source.FRESH, contacts))
                .or(() -> cached.map(contacts -> new CallerInfo(Source.REMEMBERED, contacts)))
                .orElseGet(CallerInfo::unknown);
    }

    private static Optional<JsonNode> await(CompletableFuture<Optional<JsonNode>> crmAnswer, Duration timeout) {
        return AsyncWork.await(crmAnswer, timeout).flatMap(answer -> answer);
    }

    /** Caches the CRM's answer even when it comes after the timeout; empty when the CRM gives none. */
    private Optional<JsonNode> askCrm(Party party, Client client, PhoneNumber phone) {
        Instant requestedAt = clock.instant();
        var request = new ActionRequest(
                client.id(),
                client.zone(),
                client.locale(),
                party.correlation(),
                new EffectKey(
                        party.tenant(),
                        new EffectOrigin.LiveCall(party.correlation().value()),
                        "crm.findContact",
                        0),
                "inbound",
                PortFunction.byName("crm.findContact"),
                Json.object().put("phone", phone.e164()),
                settings.crmCacheTimeout());
        Outcome outcome = actions.attempt(request, 1, false, ExchangeLog.startingAt(requestedAt));
        if (!(outcome instanceof Outcome.Succeeded succeeded)) {
            return Optional.empty();
        }
        callerCache.put(party.tenant(), client.id(), phone, succeeded.value(), requestedAt);
        return Optional.of(succeeded.value());
    }

    /** An unknown value gets no variable, so that the agent's own default applies. */
    private static void putCallerVariables(CallerInfo caller, Map<String, String> variables) {
        JsonNode contact = caller.contacts().path("contacts").path(0);
        variables.put(
                "caller_known", caller.source() == Source.UNKNOWN ? "unknown" : String.valueOf(contact.isObject()));
        String firstName = contact.path("firstName").asString("");
        String lastName = contact.path("lastName").asString("");
        putUnlessEmpty(variables, "contact_id", contact.path("id").asString(""));
        putUnlessEmpty(variables, "caller_name", (firstName + " " + lastName).strip());
        putUnlessEmpty(variables, "first_name", firstName);
        putUnlessEmpty(variables, "last_name", lastName);
        putUnlessEmpty(variables, "email", contact.path("email").asString(""));
    }

    private static void putUnlessEmpty(Map<String, String> variables, String name, String value) {
        if (!value.isEmpty()) {
            variables.put(name, value);
        }
    }
}
