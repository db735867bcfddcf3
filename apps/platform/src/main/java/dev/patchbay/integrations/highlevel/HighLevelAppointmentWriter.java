package dev.patchbay.integrations.highlevel;

import static dev.patchbay.integrations.highlevel.HighLevelContactsApi.RESPONSES;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes appointments so that a repeat changes nothing. HighLevel knows no key of ours, so each appointment is first searched
 * by its mark.
 */
record HighLevelAppointmentWriter(HighLevelCalendarApi api) {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Reads the return value of a function; empty when the appointment lacks it. */
    interface Reader<T> extends Function<HighLevelAppointment, Optional<T>> {}

    /**
     * Writes the appointment; an existing hold becomes the appointment.
     *
     * @param appointment the appointment without its contact
     * @param contact finds the contact, and is called only when it is needed
     */
    <T> PortResult<T> write(
            CallContext callContext,
            @Nullable String hold,
            ObjectNode appointment,
            Function<CallContext, PortResult<String>> contact,
            Reader<T> reader) {
        if (hold != null) {
            HttpOutcome held = api.get(callContext, hold);
            if (!HighLevelCalendarApi.isGone(held)) {
                PortResult<HighLevelAppointment> read = read(held);
                return read.then(it -> it.isStanding()
                        ? update(callContext, hold, appointment, reader)
                        : create(callContext, appointment, contact, reader));
            }
        }
        return create(callContext, appointment, contact, reader);
    }

    private <T> PortResult<T> create(
            CallContext callContext,
            ObjectNode appointment,
            Function<CallContext, PortResult<String>> contact,
            Reader<T> reader) {
        PortResult<List<HighLevelAppointment>> earlier = RESPONSES.readResult(
                listAt(callContext, appointment),
                "to list the appointments",
                body -> Optional.of(new PortResult.Succeeded<>(own(callContext, body), "")));
        return earlier.then(found -> found.isEmpty()
                ? contact.apply(callContext)
                        .then(id -> RESPONSES.effectResult(
                                api.create(callContext, appointment.deepCopy().put("contactId", id)),
                                "the appointment",
                                body -> succeed(new HighLevelAppointment(body), reader)))
                : succeed(found.getFirst(), reader)
                        .orElseGet(() -> new PortResult.Unknown<>("HighLevel's appointment has no times.")));
    }

    <T> PortResult<T> update(CallContext callContext, String id, ObjectNode changes, Reader<T> reader) {
        return RESPONSES.effectResult(
                api.update(callContext, id, changes.deepCopy().put("ignoreFreeSlotValidation", true)),
                "the appointment",
                body -> succeed(new HighLevelAppointment(body), reader));
    }

    private static <T> Optional<PortResult<T>> succeed(HighLevelAppointment appointment, Reader<T> reader) {
        return reader.apply(appointment).map(value -> new PortResult.Succeeded<>(value, appointment.id()));
    }

    PortResult<HighLevelAppointment> read(HttpOutcome outcome) {
        return RESPONSES.readResult(outcome, "to show the appointment", body -> {
            var appointment = new HighLevelAppointment(body.path("event"));
            return appointment.id().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PortResult.Succeeded<>(appointment, appointment.id()));
        });
    }

    private HttpOutcome listAt(CallContext callContext, JsonNode appointment) {
        Instant start =
                OffsetDateTime.parse(appointment.path("startTime").asString("")).toInstant();
        return api.listEvents(callContext, start.minus(MINUTE), start.plus(MINUTE));
    }

    private static List<HighLevelAppointment> own(CallContext callContext, JsonNode body) {
        return body.path("events")
                .valueStream()
                .map(HighLevelAppointment::new)
                .filter(HighLevelAppointment::isStanding)
                .filter(it -> it.isOf(callContext))
                .toList();
    }

    /** Looks for the appointment in the hold that it may have replaced, and then by its mark at its time. */
    <T> LookupResult<T> find(CallContext callContext, @Nullable String hold, ObjectNode appointment, Reader<T> reader) {
        if (hold != null) {
            LookupResult<T> replaced = findChanged(callContext, hold, reader);
            if (!(replaced instanceof LookupResult.Absent<T>)) {
                return replaced;
            }
        }
        return RESPONSES.lookupResult(listAt(callContext, appointment), "to list the appointments", body -> {
            List<HighLevelAppointment> found = own(callContext, body);
            return found.isEmpty()
                    ? Optional.of(new LookupResult.Absent<>())
                    : reader.apply(found.getFirst())
                            .map(value -> new LookupResult.Found<>(
                                    value,
                                    found.stream().map(HighLevelAppointment::id).toList()));
        });
    }

    /** Checks whether the appointment has this effect's mark. */
    <T> LookupResult<T> findChanged(CallContext callContext, String id, Reader<T> reader) {
        HttpOutcome outcome = api.get(callContext, id);
        return HighLevelCalendarApi.isGone(outcome)
                ? new LookupResult.Absent<>()
                : RESPONSES.lookupResult(outcome, "to show the appointment", body -> {
                    var appointment = new HighLevelAppointment(body.path("event"));
                    return appointment.isStanding() && appointment.isOf(callContext)
                            ? reader.apply(appointment).map(value -> new LookupResult.Found<>(value, List.of(id)))
                            : Optional.of(new LookupResult.Absent<>());
                });
    }
}
