package dev.patchbay.effects.internal.action;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.CalendarHolds;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Lets a hold be either booked or released, never both: a row of ours decides, since a provider cannot. */
@Component
class CalendarHoldService implements CalendarHolds {

    /** After these the booking may exist: its hold stays reserved. */
    private static final Set<FailureReason> UNSURE = EnumSet.of(FailureReason.UNKNOWN_OUTCOME, FailureReason.BUG);

    private final CalendarHoldRepository holds;
    private final Tenancy tenancy;

    CalendarHoldService(CalendarHoldRepository holds, Tenancy tenancy) {
        this.holds = holds;
        this.tenancy = tenancy;
    }

    @Override
    public Optional<CalendarHold> find(TenantId tenant, ClientId client, EffectOrigin origin, Instant start) {
        return tenancy.inTenant(tenant, () -> holds.find(tenant, client, origin, start));
    }

    /**
     * Reserves the hold that a booking confirms. A hold that is unknown here, or released, is left to the provider to judge.
     *
     * @return false while the hold is being released, so that the booking must wait
     */
    boolean reserve(ActionRequest request) {
        return tenancy.inTenant(
                request.key().tenant(),
                () -> hold(request)
                        .map(hold -> holds.reserve(request, hold) || !holds.isBeingReleased(request, hold))
                        .orElse(true));
    }

    /** Updates the hold that the action made, booked or cancelled. */
    void apply(ActionRequest request, Outcome outcome) {
        tenancy.inTenant(request.key().tenant(), () -> {
            switch (outcome) {
                case Outcome.Succeeded succeeded -> applySuccess(request, succeeded);
                case Outcome.Retry retry -> cancelReservation(request, retry.reason());
                case Outcome.Failed failed -> cancelReservation(request, failed.reason());
                case Outcome.Deferred deferred -> {
                    // The outcome is open.
                }
                case Outcome.NeedsPerson needsPerson -> {
                    // The booking may exist: its hold stays reserved.
                }
            }
        });
    }

    private void applySuccess(ActionRequest request, Outcome.Succeeded succeeded) {
        switch (request.function().name()) {
            case "calendar.hold" -> holds.add(request, Json.read(succeeded.value(), CalendarPort.Hold.class));
            case "calendar.cancel" ->
                holds.markReleased(request, request.input().path("id").asString());
            default -> hold(request).ifPresent(hold -> holds.markBooked(request, hold));
        }
    }

    private void cancelReservation(ActionRequest request, FailureReason reason) {
        hold(request)
                .filter(hold -> !UNSURE.contains(reason))
                .ifPresent(hold -> holds.cancelReservation(request, hold));
    }

    /** The hold that a booking confirms; the input of no other function has one. */
    private static Optional<String> hold(ActionRequest request) {
        return Optional.of(request.input().path("hold").asString("")).filter(hold -> !hold.isEmpty());
    }
}
