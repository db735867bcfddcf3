package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.spi.CalendarPort.Slots;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.time.TimeReader;
import dev.patchbay.livecalls.Openings;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
class OpeningService implements Openings {

    private static final String FIND_SLOTS = "calendar.findSlots";
    private static final int MAX_MINUTES = 1440;
    private static final int DEFAULT_DAYS = 7;

    private final Clients clients;
    private final Actions actions;
    private final LiveSettings settings;
    private final Clock clock;

    OpeningService(Clients clients, Actions actions, LiveSettings settings, Clock clock) {
        this.clients = clients;
        this.actions = actions;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public ClientOpenings find(TenantScope scope, ClientId id, OpeningSearch search, CorrelationId correlation) {
        Client client = clients.find(scope, id)
                .orElseThrow(() -> new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no such client."));
        OffsetDateTime now = clock.instant().atZone(client.zone()).toOffsetDateTime();
        var reader = new TimeReader(client.zone(), client.locale(), clock.instant());
        OffsetDateTime from = search.from().isEmpty() ? now : require(reader.readFrom(search.from()), "from");
        OffsetDateTime to =
                search.to().isEmpty() ? from.plusDays(DEFAULT_DAYS) : require(reader.readUntil(search.to()), "to");
        if (!from.isBefore(to)) {
            throw malformed("The parameter to must lie after from.");
        }
        if (search.minutes() < 1 || search.minutes() > MAX_MINUTES) {
            throw malformed("The parameter minutes must lie between 1 and " + MAX_MINUTES + ".");
        }
        Slots slots = read(attempt(scope, client, from, to, search.minutes(), correlation));
        return new ClientOpenings(
                client.zone(),
                from,
                to,
                search.minutes(),
                slots.slots().stream()
                        .map(slot -> new Opening(in(client, slot.start()), in(client, slot.end())))
                        .toList());
    }

    private static OffsetDateTime in(Client client, OffsetDateTime time) {
        return time.atZoneSameInstant(client.zone()).toOffsetDateTime();
    }

    private static OffsetDateTime require(Optional<OffsetDateTime> time, String parameter) {
        return time.orElseThrow(() -> malformed("The parameter " + parameter + " is no time."));
    }

    private static Problem malformed(String sentence) {
        return new Problem(ProblemType.MALFORMED_REQUEST, sentence);
    }

    private Outcome attempt(
            TenantScope scope,
            Client client,
            OffsetDateTime from,
            OffsetDateTime to,
            int minutes,
            CorrelationId correlation) {
        var request = new ActionRequest(
                client.id(),
                client.zone(),
                client.locale(),
                correlation,
                new EffectKey(scope.tenant(), new EffectOrigin.LiveCall(correlation.value()), "openings", 0),
                FIND_SLOTS,
                PortFunction.byName(FIND_SLOTS),
                Json.object()
                        .put("from", from.toString())
                        .put("to", to.toString())
                        .put("minutes", minutes),
                settings.functionTimeout());
        return actions.attempt(request, 1, false, ExchangeLog.startingAt(clock.instant()));
    }

    static Slots read(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> Json.read(succeeded.value(), Slots.class);
            case Outcome.Failed failed -> throw malformed(failed.sentence());
            case Outcome.Retry retry -> throw new Problem(ProblemType.PROVIDER_ERROR, retry.sentence());
            case Outcome.Deferred deferred ->
                throw new Problem(ProblemType.PROVIDER_ERROR, "The calendar's rate limit is used up; try again.");
            case Outcome.ProviderAway away -> throw new Problem(ProblemType.PROVIDER_ERROR, away.sentence());
            case Outcome.NeedsPerson needsPerson ->
                throw new Problem(ProblemType.PROVIDER_ERROR, needsPerson.sentence());
        };
    }
}
