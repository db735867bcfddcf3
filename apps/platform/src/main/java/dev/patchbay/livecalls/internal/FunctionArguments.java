package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.AbsentText;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.time.TimeRange;
import dev.patchbay.kernel.time.TimeReader;
import dev.patchbay.kernel.time.TimeReading;
import dev.patchbay.kernel.time.WrittenMinutes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
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
    private static final int MAX_NAME = 150;
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
        return read(present("start").orElseGet(() -> scalar("date")), scalar("time"));
    }

    /** A day beside a start that names only a time of day belongs to it. */
    private TimeReading read(String start, String time) {
        TimeReading reading = times.read(start, time);
        return reading instanceof TimeReading.TimeOfDay && time.isBlank()
                ? present("date").map(day -> times.read(day, start)).orElse(reading)
                : reading;
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
        return WrittenMinutes.read(scalar("minutes"))
                .map(BigDecimal::intValue)
                .filter(minutes -> minutes >= 1 && minutes <= MAX_MINUTES);
    }

    /**
     * The input of {@code calendar.findSlots}: by default from now on, for a week; a day counts as a whole. Empty where a time is
     * given that cannot be read, since a search at another time would be no answer.
     */
    Optional<ObjectNode> slotSearch(int defaultMinutes) {
        return searchRange()
                .map(range -> Json.object()
                        .put("from", range.from().toString())
                        .put("to", range.until().toString())
                        .put("minutes", minutes().orElse(defaultMinutes)));
    }

    private Optional<TimeRange> searchRange() {
        Optional<String> from = definite("date").or(() -> definite("from")).or(() -> definite("start"));
        Optional<String> to = definite("date").or(() -> definite("to"));
        String time = scalar("time");
        if (from.isPresent() && (to.isEmpty() || to.equals(from))) {
            Optional<TimeRange> range =
                    times.readRange((from.get() + " " + time).strip()).or(() -> times.readRange(from.get()));
            if (range.isPresent() && (to.isPresent() || !isDay(from.get()))) {
                return range;
            }
        }
        Optional<OffsetDateTime> begin = from.map(this::readFrom).orElse(Optional.of(now));
        return begin.flatMap(first -> to.map(this::readUntil)
                .orElseGet(() -> Optional.of(first.plusDays(SEARCH_DAYS)))
                .map(last -> new TimeRange(first, first.isBefore(last) ? last : first.plusDays(SEARCH_DAYS))));
    }

    /** From a day on a week is searched, unless the day is all that was asked for. */
    private boolean isDay(String written) {
        return times.read(written) instanceof TimeReading.Day
                && scalar("date").isBlank()
                && scalar("time").isBlank();
    }

    private Optional<OffsetDateTime> readFrom(String written) {
        return times.readRange(written).map(TimeRange::from).or(() -> times.readFrom(written));
    }

    private Optional<OffsetDateTime> readUntil(String written) {
        return times.readRange(written).map(TimeRange::until).or(() -> times.readUntil(written));
    }

    /** A time that the agent filled in and that leaves nothing open. */
    private Optional<String> definite(String name) {
        return present(name).filter(text -> !times.isAnyTime(text));
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
        text("phone", MAX_PHONE).or(() -> caller.map(PhoneNumber::e164)).ifPresent(phone -> person.put("phone", phone));
        text("email", MAX_DETAIL).ifPresent(email -> person.put("email", email));
        text("service", MAX_DETAIL).ifPresent(service -> person.put("service", service));
        return person.isEmpty() ? input : input.set("person", person);
    }

    private Optional<String> name() {
        return text("name", MAX_DETAIL).or(() -> personName().map(PersonName::full));
    }

    private Optional<PersonName> personName() {
        return PersonName.of(
                text("first_name", MAX_NAME).or(() -> text("firstName", MAX_NAME)),
                text("last_name", MAX_NAME).or(() -> text("lastName", MAX_NAME)),
                text("name", MAX_DETAIL));
    }

    /**
     * The input of {@code crm.upsertContact} with what the person said about themselves; empty when that is nothing, or when
     * neither a number nor an address tells whose contact it is.
     *
     * @param fields names of arguments with the custom fields of the CRM that keep them
     */
    Optional<ObjectNode> contact(Optional<PhoneNumber> caller, Map<String, String> fields) {
        ObjectNode said = Json.object();
        personName().ifPresent(name -> {
            name.first().ifPresent(first -> said.put("firstName", first));
            name.last().ifPresent(last -> said.put("lastName", last));
        });
        text("email", MAX_DETAIL).ifPresent(email -> said.put("email", email));
        fields.forEach((argument, field) -> text(argument, MAX_DESCRIPTION)
                .ifPresent(value -> said.withObject("/customFields").put(field, value)));
        if (said.isEmpty()) {
            return Optional.empty();
        }
        text("phone", MAX_PHONE).or(() -> caller.map(PhoneNumber::e164)).ifPresent(phone -> said.put("phone", phone));
        return said.has("phone") || said.has("email") ? Optional.of(said) : Optional.empty();
    }

    /** The value of an argument, which some agents send as an object with the parts of a time. */
    private String scalar(String name) {
        JsonNode value = arguments.path(name);
        if (!value.isObject()) {
            return value.asString("").strip();
        }
        String moment = value.path("dateTime").asString(value.path("datetime").asString(""));
        return moment.isBlank()
                ? (value.path("date").asString("") + " " + value.path("time").asString("")).strip()
                : moment.strip();
    }

    /** The value of an argument that is filled in. */
    private Optional<String> present(String name) {
        return Optional.of(scalar(name)).filter(text -> !text.isBlank() && !AbsentText.matches(text));
    }

    /** Longer texts are cut. */
    private Optional<String> text(String name, int maxLength) {
        return present(name).map(text -> text.length() > maxLength ? text.substring(0, maxLength) : text);
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
