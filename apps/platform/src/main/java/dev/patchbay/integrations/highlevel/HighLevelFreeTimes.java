package dev.patchbay.integrations.highlevel;

import static dev.patchbay.integrations.highlevel.HighLevelContactsApi.RESPONSES;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.effects.spi.CalendarPort.BusyTime;
import dev.patchbay.effects.spi.CalendarPort.BusyTimes;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.PortResult;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads the events of a calendar, and the starts that the calendar itself offers. */
record HighLevelFreeTimes(HighLevelCalendarApi api) {

    /** HighLevel lists the free slots of 31 days at most. */
    private static final Duration MAX_RANGE = Duration.ofDays(30);
    /** HighLevel lists appointments by their start; one that began the day before may still last. */
    private static final Duration MAX_APPOINTMENT = Duration.ofDays(1);

    PortResult<BusyTimes> read(CallContext callContext, OffsetDateTime from, OffsetDateTime to) {
        Instant begin = from.toInstant();
        Instant end = to.toInstant();
        PortResult<List<BusyTime>> events =
                list(callContext, api.listEvents(callContext, begin.minus(MAX_APPOINTMENT), end), "the appointments");
        return events.then(standing -> list(
                        callContext,
                        api.listBlocked(callContext, begin.minus(MAX_APPOINTMENT), end),
                        "the blocked times")
                .then(blocked -> readOffered(callContext, begin, end)
                        .then(offered -> new PortResult.Succeeded<>(busyTimes(standing, blocked, offered), ""))));
    }

    /** Adds the times of our own appointments, which the calendar no longer offers although the appointments may change. */
    private static BusyTimes busyTimes(List<BusyTime> standing, List<BusyTime> blocked, List<Slot> offered) {
        List<Slot> ours = standing.stream()
                .filter(it -> it.effectKey().isPresent())
                .map(BusyTime::slot)
                .toList();
        return new BusyTimes(
                Stream.concat(
                                standing.stream(),
                                blocked.stream().map(it -> new BusyTime(Optional.empty(), it.slot(), Optional.empty())))
                        .toList(),
                Optional.of(Stream.concat(offered.stream(), ours.stream()).toList()));
    }

    private static PortResult<List<BusyTime>> list(CallContext callContext, HttpOutcome outcome, String what) {
        return RESPONSES.readResult(
                outcome,
                "to list " + what,
                body -> Optional.of(new PortResult.Succeeded<>(
                        body.path("events")
                                .valueStream()
                                .flatMap(event -> new HighLevelAppointment(event).busyTime(callContext).stream())
                                .toList(),
                        "")));
    }

    private PortResult<List<Slot>> readOffered(CallContext callContext, Instant from, Instant to) {
        List<Slot> offered = new ArrayList<>();
        for (Instant begin = from; begin.isBefore(to); begin = begin.plus(MAX_RANGE)) {
            Instant end = begin.plus(MAX_RANGE).isBefore(to) ? begin.plus(MAX_RANGE) : to;
            PortResult<List<Slot>> part = RESPONSES.readResult(
                    api.listFreeSlots(callContext, begin, end),
                    "to list the free slots",
                    body -> Optional.of(new PortResult.Succeeded<>(starts(body), "")));
            if (!(part instanceof PortResult.Succeeded<List<Slot>> succeeded)) {
                return part;
            }
            offered.addAll(succeeded.value());
        }
        return new PortResult.Succeeded<>(offered, "");
    }

    /** Reads the starts from a map by date; other members, such as the trace id, have no slots. */
    private static List<Slot> starts(JsonNode body) {
        return body.properties().stream()
                .flatMap(day -> day.getValue().path("slots").valueStream())
                .flatMap(start -> parse(start.asString("")).stream())
                .map(start -> new Slot(start, start))
                .toList();
    }

    private static Optional<OffsetDateTime> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
