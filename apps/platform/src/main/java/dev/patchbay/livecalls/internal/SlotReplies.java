package dev.patchbay.livecalls.internal;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.effects.CalendarRules;
import dev.patchbay.effects.CalendarRules.Violation;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says why a time was refused, and what else is free. */
@Component
class SlotReplies {

    private static final Duration EXTRA_TIME_FOR_ALTERNATIVES = Duration.ofSeconds(1);
    private static final int ALTERNATIVES_DAYS = 3;

    private final LiveActions liveActions;
    private final Connections connections;
    private final LiveSettings settings;
    private final Clock clock;

    SlotReplies(LiveActions liveActions, Connections connections, LiveSettings settings, Clock clock) {
        this.liveActions = liveActions;
        this.connections = connections;
        this.settings = settings;
        this.clock = clock;
    }

    /** The reply to a failed booking, hold or move. */
    FunctionAnswer refusal(LiveRequest request, OffsetDateTime start, int minutes, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed failed
            when failed.reason() == FailureReason.NO_SLOT ->
                request.replies()
                        .slotTaken(
                                start,
                                findViolation(request, start, minutes),
                                findAlternatives(request, start, minutes));
            // A person has to find out whether it happened.
            case Outcome.Failed failed
            when failed.reason() == FailureReason.UNKNOWN_OUTCOME ->
                request.replies().pendingAppointment(start);
            default -> request.replies().unavailable(outcome);
        };
    }

    private Optional<Violation> findViolation(LiveRequest request, OffsetDateTime start, int minutes) {
        var client = request.client();
        try {
            return connections
                    .findBound(TenantScope.of(request.invocation().tenant(), client.id()), "calendar")
                    .flatMap(binding -> CalendarRules.parse(binding.settings())
                            .findViolation(
                                    new Slot(start, start.plusMinutes(minutes)), client.zone(), clock.instant()));
        } catch (ReconnectRequired
                | ProviderUnreachable
                | DateTimeException
                | IllegalArgumentException settingsChangedMeanwhile) {
            return Optional.empty();
        }
    }

    /** Free times from that day on; empty when the remaining time is too short. */
    private Optional<JsonNode> findAlternatives(LiveRequest request, OffsetDateTime start, int minutes) {
        Instant now = clock.instant();
        OffsetDateTime from = start.toInstant().isBefore(now)
                ? now.atZone(request.client().zone()).toOffsetDateTime()
                : start;
        ObjectNode search = Json.object()
                .put("from", from.toString())
                .put("to", from.plusDays(ALTERNATIVES_DAYS).toString())
                .put("minutes", minutes);
        Duration timeout = request.remaining(settings.functionTimeout().plus(EXTRA_TIME_FOR_ALTERNATIVES));
        return liveActions
                .read(request, "calendar.findSlots", search, timeout)
                .filter(Outcome.Succeeded.class::isInstance)
                .map(outcome -> ((Outcome.Succeeded) outcome).value());
    }
}
