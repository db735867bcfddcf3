package dev.patchbay.livecalls.internal;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.time.TimeReader;
import dev.patchbay.kernel.time.TimeReading;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The arguments of a function, as the agent's language model filled them in: what is missing gets a default.
 *
 * @param arguments by our names
 */
record FunctionArguments(JsonNode arguments, TimeReader times, OffsetDateTime now) {

    private static final int MAX_MINUTES = 1440;
    private static final int SEARCH_DAYS = 7;
    private static final int MAX_CONTACT = 200;
    private static final int MAX_TITLE = 1000;
    private static final int MAX_DESCRIPTION = 8000;
    private static final int MAX_DETAIL = 300;
    private static final int MAX_PHONE = 100;

    /**
     * Renames arguments as the client's settings say: {@code {"functions": {"arguments": {"appointment_datetime": "start"}}}}.
     * An argument that has our name already stays.
     */
    static FunctionArguments of(JsonNode written, Client client, Instant now) {
        ObjectNode arguments = written instanceof ObjectNode members ? members.deepCopy() : Json.object();
        client.settings().at("/functions/arguments").properties().forEach(name -> {
            String ours = name.getValue().asString("");
            if (arguments.has(name.getKey()) && !arguments.has(ours)) {
                arguments.set(ours, arguments.path(name.getKey()));
            }
        });
        return new FunctionArguments(
                arguments,
                new TimeReader(client.zone(), client.locale(), now),
                now.atZone(client.zone()).toOffsetDateTime());
    }

    /** The start of the appointment; empty for a day without a time, and for a time that does not exist or exists twice. */
    Optional<OffsetDateTime> start() {
        return moment(readStart());
    }

    private TimeReading readStart() {
        String start = scalar("start");
        return times.read(start.isBlank() ? scalar("date") : start, scalar("time"));
    }

    private static Optional<OffsetDateTime> moment(TimeReading reading) {
        return reading instanceof TimeReading.Moment moment ? Optional.of(moment.time()) : Optional.empty();
    }

    /** The time to move an appointment to: {@code newStart}, else {@code start}. */
    Optional<OffsetDateTime> newStart() {
        String written = scalar("newStart");
        return written.isBlank() ? start() : moment(times.read(written));
    }

    /** The time of the appointment to move, where it is given beside its new one. */
    Optional<OffsetDateTime> presentStart() {
        return scalar("newStart").isBlank() ? moment(times.read(scalar("from"))) : start();
    }

    Optional<String> appointmentId() {
        return text("id", MAX_CONTACT);
    }

    /** Asks again for a start that names no moment. */
    FunctionAnswer unclearReply(AgentReplies replies) {
        return switch (readStart()) {
            case TimeReading.Skipped skipped -> replies.skippedTime(skipped.local());
            case TimeReading.Doubled doubled -> replies.doubledTime(doubled.earlier());
            default -> replies.unclearTime();
        };
    }

    /** The length of the appointment, 1 to 1,440. */
    Optional<Integer> minutes() {
        return Optional.of(arguments.path("minutes").asInt(0))
                .filter(minutes -> minutes >= 1 && minutes <= MAX_MINUTES);
    }

    /** The input of {@code calendar.findSlots}: by default from now on, for a week; a day counts as a whole. */
    ObjectNode slotSearch(int defaultMinutes) {
        String day = scalar("date");
        OffsetDateTime from =
                times.readFrom(day.isBlank() ? scalar("from") : day).orElse(now);
        OffsetDateTime to = times.readUntil(day.isBlank() ? scalar("to") : day)
                .filter(from::isBefore)
                .orElseGet(() -> from.plusDays(SEARCH_DAYS));
        return Json.object()
                .put("from", from.toString())
                .put("to", to.toString())
                .put("minutes", minutes().orElse(defaultMinutes));
    }

    /** The input of {@code calendar.hold} and {@code calendar.book}. */
    ObjectNode appointment(OffsetDateTime start, int minutes, Optional<PhoneNumber> caller) {
        ObjectNode input = Json.object();
        input.put(
                "contact",
                text("contact", MAX_CONTACT)
                        .or(() -> caller.map(PhoneNumber::e164))
                        .orElse("unknown caller"));
        input.put("start", start.toString()).put("minutes", minutes);
        text("title", MAX_TITLE).ifPresent(title -> input.put("title", title));
        text("description", MAX_DESCRIPTION).ifPresent(description -> input.put("description", description));
        ObjectNode person = Json.object();
        name().ifPresent(name -> person.put("name", name));
        text("phone", MAX_PHONE)
                .map(phone -> PhoneNumber.read(phone).map(PhoneNumber::e164).orElse(phone))
                .or(() -> caller.map(PhoneNumber::e164))
                .ifPresent(phone -> person.put("phone", phone));
        text("email", MAX_DETAIL).ifPresent(email -> person.put("email", email));
        text("service", MAX_DETAIL).ifPresent(service -> person.put("service", service));
        return person.isEmpty() ? input : input.set("person", person);
    }

    private Optional<String> name() {
        String parts = Stream.of("first_name", "firstName", "last_name", "lastName")
                .flatMap(part -> text(part, MAX_DETAIL / 2 - 1).stream())
                .collect(Collectors.joining(" "));
        return text("name", MAX_DETAIL).or(() -> Optional.of(parts).filter(name -> !name.isEmpty()));
    }

    private String scalar(String name) {
        return arguments.path(name).asString("");
    }

    /** Longer texts are cut. */
    private Optional<String> text(String name, int maxLength) {
        return Optional.of(scalar(name))
                .filter(text -> !text.isBlank())
                .map(text -> text.length() > maxLength ? text.substring(0, maxLength) : text);
    }

    /**
     * Names the action within its call. Requests for the same time and length are one action, whatever their other arguments,
     * until the call changes an appointment.
     */
    static String actionName(String function, OffsetDateTime start, int minutes, long changes) {
        String name = function + ":" + digest(start.toInstant() + "/" + minutes);
        return changes == 0 ? name : name + "-" + changes;
    }

    static String digest(String text) {
        return HexFormat.of().formatHex(Hashing.sha256(Hashing.utf8(text)), 0, 8);
    }
}
