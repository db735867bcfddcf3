package dev.patchbay.effects.internal.calendar;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.kernel.CorrelationId;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Describes the time of a calendar that an action requests.
 *
 * @param owner the correlation id of the call, or else the run; actions of one owner may change each other's appointments
 * @param slot the requested time, without buffers; empty for a cancellation
 * @param appointment the provider's id of the appointment to change
 */
record CalendarRequest(
        Kind kind, ActionRequest action, String owner, Optional<Slot> slot, Optional<String> appointment) {

    /** Only correlation ids that we made identify a call: a client may send one id of its own with all its requests. */
    private static final Pattern OWN_CORRELATION = Pattern.compile("cor_[0-9a-z]{26}");

    enum Kind {
        BOOK,
        HOLD,
        MOVE,
        CANCEL
    }

    /**
     * Returns the request of an action; empty when the action reserves nothing.
     *
     * @throws java.time.DateTimeException when the start is no time
     */
    static Optional<CalendarRequest> of(ActionRequest action) {
        return switch (action.function().name()) {
            case "calendar.book" -> Optional.of(of(action, Kind.BOOK, "hold"));
            case "calendar.hold" -> Optional.of(of(action, Kind.HOLD, "hold"));
            case "calendar.move" -> Optional.of(of(action, Kind.MOVE, "id"));
            case "calendar.cancel" -> Optional.of(of(action, Kind.CANCEL, "id"));
            default -> Optional.empty();
        };
    }

    private static CalendarRequest of(ActionRequest action, Kind kind, String appointment) {
        return new CalendarRequest(
                kind,
                action,
                owner(action),
                kind == Kind.CANCEL ? Optional.empty() : Optional.of(slot(action)),
                Optional.of(action.input().path(appointment).asString("")).filter(id -> !id.isEmpty()));
    }

    private static Slot slot(ActionRequest action) {
        var start = OffsetDateTime.parse(action.input().path("start").asString(""));
        return new Slot(start, start.plusMinutes(action.input().path("minutes").asInt()));
    }

    private static String owner(ActionRequest action) {
        return owner(action.correlation(), action.key().origin().text());
    }

    static String owner(CorrelationId correlation, String origin) {
        return OWN_CORRELATION.matcher(correlation.value()).matches() ? correlation.value() : origin;
    }

    String key() {
        return action.key().text();
    }

    /** Says whether the caller is on the phone and can decide about an appointment that the call made before. */
    boolean isLive() {
        return action.key().origin() instanceof EffectOrigin.LiveCall;
    }
}
