package dev.patchbay.effects;

import dev.patchbay.effects.spi.Appointments;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.MessagingPort;
import dev.patchbay.effects.spi.NotifyPort;
import dev.patchbay.effects.spi.Port;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.kernel.Json;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Describes a function that a flow may call, and how it reaches its port. A new function needs a method on the port, a line in
 * {@link #ALL} and two schemas in {@code contracts/ports}.
 *
 * @param portName the role as bindings name it: {@code crm}, {@code calendar}, {@code messaging}
 * @param lookup finds out whether an earlier attempt was carried out; empty for reads, which have no effect
 * @param compensation the call that undoes it; empty for reads, and for functions without a compensation
 */
public record PortFunction<P extends Port, I, O>(
        String name,
        String portName,
        Class<P> port,
        Class<I> input,
        Method<P, I, O> method,
        Optional<Lookup<P, I, O>> lookup,
        Optional<Compensation> compensation) {

    /** Calls the port. */
    public interface Method<P, I, O> {
        PortResult<O> call(P port, CallContext callContext, I input);
    }

    /** Asks the port whether an earlier call was carried out. */
    public interface Lookup<P, I, O> {
        LookupResult<O> call(P port, CallContext callContext, I input);
    }

    /** Compensates a call by calling another function, which takes the id that the call returned. */
    public record Compensation(String function) {

        /** @param output the output of the call to compensate */
        public JsonNode input(JsonNode output) {
            return Json.object().set("id", output.path("id"));
        }
    }

    private static final Compensation CANCEL = new Compensation("calendar.cancel");

    /** Lists all functions that flows and live calls can call. */
    public static final List<PortFunction<?, ?, ?>> ALL = List.of(
            withEffect(
                    "crm.upsertContact",
                    CrmPort.class,
                    CrmPort.ContactDetails.class,
                    CrmPort::upsertContact,
                    CrmPort::findContact),
            readOnly("crm.getContact", CrmPort.class, CrmPort.ContactId.class, CrmPort::getContact),
            readOnly("crm.findContact", CrmPort.class, CrmPort.ContactDetails.class, CrmPort::searchContacts),
            withEffect("crm.addNote", CrmPort.class, CrmPort.NewNote.class, CrmPort::addNote, CrmPort::findNote),
            withEffect(
                    "crm.upsertOpportunity",
                    CrmPort.class,
                    CrmPort.OpportunityDetails.class,
                    CrmPort::upsertOpportunity,
                    CrmPort::findOpportunity),
            readOnly("calendar.findSlots", Appointments.class, CalendarPort.SlotSearch.class, Appointments::findSlots),
            readOnly("calendar.find", Appointments.class, CalendarPort.AppointmentSearch.class, Appointments::find),
            withEffect(
                    "calendar.book",
                    Appointments.class,
                    CalendarPort.BookingRequest.class,
                    Appointments::book,
                    Appointments::findBooking,
                    CANCEL),
            withEffect(
                    "calendar.hold",
                    Appointments.class,
                    CalendarPort.HoldRequest.class,
                    Appointments::hold,
                    Appointments::findHold,
                    CANCEL),
            withEffect(
                    "calendar.move",
                    Appointments.class,
                    CalendarPort.MoveRequest.class,
                    Appointments::move,
                    Appointments::findMove),
            withEffect(
                    "calendar.cancel",
                    Appointments.class,
                    CalendarPort.BookingId.class,
                    Appointments::cancel,
                    Appointments::findCancellation),
            withEffect(
                    "messaging.sendSms",
                    MessagingPort.class,
                    MessagingPort.Sms.class,
                    MessagingPort::sendSms,
                    MessagingPort::findSms),
            withEffect(
                    "messaging.sendMms",
                    MessagingPort.class,
                    MessagingPort.Mms.class,
                    MessagingPort::sendMms,
                    MessagingPort::findMms),
            readOnly(
                    "messaging.checkNumber",
                    MessagingPort.class,
                    MessagingPort.NumberQuery.class,
                    MessagingPort::checkNumber),
            withEffect(
                    "notify.email",
                    NotifyPort.class,
                    NotifyPort.Email.class,
                    NotifyPort::sendEmail,
                    NotifyPort::findEmail));

    /** Returns the function of that name. It exists, because flows are checked against {@link #ALL} before they can run. */
    public static PortFunction<?, ?, ?> byName(String name) {
        return ALL.stream()
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static <P extends Port, I, O> PortFunction<P, I, O> withEffect(
            String name, Class<P> port, Class<I> input, Method<P, I, O> method, Lookup<P, I, O> lookup) {
        return new PortFunction<>(name, role(name), port, input, method, Optional.of(lookup), Optional.empty());
    }

    private static <P extends Port, I, O> PortFunction<P, I, O> withEffect(
            String name,
            Class<P> port,
            Class<I> input,
            Method<P, I, O> method,
            Lookup<P, I, O> lookup,
            Compensation compensation) {
        return new PortFunction<>(
                name, role(name), port, input, method, Optional.of(lookup), Optional.of(compensation));
    }

    private static <P extends Port, I, O> PortFunction<P, I, O> readOnly(
            String name, Class<P> port, Class<I> input, Method<P, I, O> method) {
        return new PortFunction<>(name, role(name), port, input, method, Optional.empty(), Optional.empty());
    }

    private static String role(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    /**
     * Calls the adapter.
     *
     * @param with the input, as the function's schema describes it
     */
    public PortResult<O> call(Port adapter, CallContext callContext, JsonNode with) {
        return method.call(port.cast(adapter), callContext, Json.read(with, input));
    }

    /**
     * Asks the adapter whether an earlier call with this input was carried out.
     *
     * @throws java.util.NoSuchElementException for a function without an effect, which has no look-up
     */
    public LookupResult<O> lookUp(Port adapter, CallContext callContext, JsonNode with) {
        return lookup.orElseThrow().call(port.cast(adapter), callContext, Json.read(with, input));
    }

    /** Says whether a connection has to be bound to its port; Patchbay fills some roles itself. */
    public boolean needsConnection() {
        return !portName.equals(NotifyPort.NAME);
    }

    /** Says whether it changes something at the provider, so that it goes through the effect ledger. */
    public boolean hasEffect() {
        return lookup.isPresent();
    }

    /**
     * Returns how the adapter keeps a repeated request from taking effect twice.
     *
     * @throws NoSuchElementException when the adapter does not state it, or the function is a read
     */
    public Idempotency idempotency(Port adapter) {
        return Optional.ofNullable(adapter.idempotency().get(name)).orElseThrow();
    }
}
