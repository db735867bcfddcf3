package dev.patchbay.livecalls.internal;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.kernel.AbsentText;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.time.TimeRange;
import dev.patchbay.kernel.time.TimeReader;
import dev.patchbay.kernel.time.TimeReading;
import dev.patchbay.kernel.time.WrittenMinutes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the arguments of a function, as the agent's language model filled them in; a missing argument gets a default.
 *
 * @param arguments the arguments by our names
 * @param country the country (ISO 3166) that sets the format of numbers without a country code
 */
record FunctionArguments(JsonNode arguments, TimeReader times, ZonedDateTime now, String country) {

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
                now.atZone(client.zone()),
                client.country());
    }

    /**
     * Returns the start of the appointment; empty for a day without a time, and for a time that does not exist or exists twice.
     */
    Optional<OffsetDateTime> start() {
        return moment(readStart());
    }

    private TimeReading readStart() {
        return read(present("start").orElseGet(() -> scalar("date")), scalar("time"));
    }

    /** Reads the start. If it names only a time of day, a day in {@code date} belongs to it. */
    private TimeReading read(String start, String time) {
        TimeReading reading = times.read(start, time);
        return reading instanceof TimeReading.TimeOfDay && time.isBlank()
                ? present("date").map(day -> times.read(day, start)).orElse(reading)
                : reading;
    }

    private static Optional<OffsetDateTime> moment(TimeReading reading) {
        return reading instanceof TimeReading.Moment moment ? Optional.of(moment.time()) : Optional.empty();
    }

    /**
     * Returns the time to which an appointment is moved: {@code newStart}, else {@code start}. A time of day alone means the
     * day of the appointment. Empty when the time cannot be read.
     */
    Optional<OffsetDateTime> newStart(OffsetDateTime present) {
        TimeReading reading = readNewStart();
        return reading instanceof TimeReading.TimeOfDay time
                ? moment(times.read(localDay(present).toString(), time.time().toString()))
                : moment(reading);
    }

    /** Says whether the arguments give a new time that can be computed once the appointment is known. */
    boolean hasNewStart() {
        return readNewStart() instanceof TimeReading.Moment || readNewStart() instanceof TimeReading.TimeOfDay;
    }

    private TimeReading readNewStart() {
        return present("newStart").map(times::read).orElseGet(this::readStart);
    }

    /**
     * Returns a condition on the start of the wanted appointment, from {@code start}, {@code date} and {@code time}; empty when
     * they cannot be read.
     */
    Optional<Predicate<OffsetDateTime>> chosenStart() {
        return present("start")
                        .or(() -> present("date"))
                        .or(() -> present("time"))
                        .isEmpty()
                ? Optional.of(any -> true)
                : matching(readStart());
    }

    /**
     * Returns a condition on the present start of the appointment to move, where it is given beside its new time; empty when it
     * cannot be read.
     */
    Optional<Predicate<OffsetDateTime>> presentStart() {
        if (present("newStart").isPresent()) {
            return chosenStart();
        }
        return present("from").map(from -> matching(times.read(from))).orElse(Optional.of(any -> true));
    }

    /** Returns a condition that a day fulfils for all appointments of that day, and a time of day for those at that time. */
    private Optional<Predicate<OffsetDateTime>> matching(TimeReading reading) {
        return switch (reading) {
            case TimeReading.Moment moment -> Optional.of(moment.time()::isEqual);
            case TimeReading.Day day -> Optional.of(start -> localDay(start).equals(day.day()));
            case TimeReading.TimeOfDay time ->
                Optional.of(start ->
                        start.atZoneSameInstant(now.getZone()).toLocalTime().equals(time.time()));
            case TimeReading.Doubled doubled ->
                Optional.of(start -> start.isEqual(doubled.earlier()) || start.isEqual(doubled.later()));
            case TimeReading.Skipped skipped -> Optional.empty();
            case TimeReading.Unreadable unreadable -> Optional.empty();
        };
    }

    private LocalDate localDay(OffsetDateTime time) {
        return time.atZoneSameInstant(now.getZone()).toLocalDate();
    }

    Optional<String> appointmentId() {
        return text("id", MAX_CONTACT);
    }

    /** Returns a question for the start, because the given one names no moment. */
    FunctionAnswer unclearReply(AgentReplies replies) {
        return switch (readNewStart()) {
            case TimeReading.Skipped skipped -> replies.skippedTime(skipped.local());
            case TimeReading.Doubled doubled -> replies.doubledTime(doubled.earlier());
            default -> replies.unclearTime();
        };
    }

    /** Returns the length of the appointment, 1 to 1,440. */
    Optional<Integer> minutes() {
        return WrittenMinutes.read(scalar("minutes"))
                .map(BigDecimal::intValue)
                .filter(minutes -> minutes >= 1 && minutes <= MAX_MINUTES);
    }

    /**
     * Returns the input of {@code calendar.findSlots}: by default a week from now on; a day counts as a whole. Empty when a
     * given time cannot be read, because a search at another time would be no answer.
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
        Optional<OffsetDateTime> begin = from.map(times::readFrom).orElse(Optional.of(now.toOffsetDateTime()));
        return begin.flatMap(first -> to.map(times::readUntil)
                .orElseGet(() -> Optional.of(first.plusDays(SEARCH_DAYS)))
                .map(last -> new TimeRange(first, first.isBefore(last) ? last : first.plusDays(SEARCH_DAYS))));
    }

    /**
     * Says whether the start names only a day, in which case the search covers a week from that day, unless {@code date} or
     * {@code time} is given.
     */
    private boolean isDay(String written) {
        return times.read(written) instanceof TimeReading.Day
                && scalar("date").isBlank()
                && scalar("time").isBlank();
    }

    /** Returns a time that the agent filled in and that is not just any time. */
    private Optional<String> definite(String name) {
        return present(name).filter(text -> !times.isAnyTime(text));
    }

    /** Returns the input of {@code calendar.hold} and {@code calendar.book}. */
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
        phone(caller).ifPresent(phone -> person.put("phone", phone));
        text("email", MAX_DETAIL).ifPresent(email -> person.put("email", email));
        text("service", MAX_DETAIL).ifPresent(service -> person.put("service", service));
        return person.isEmpty() ? input : input.set("person", person);
    }

    private Optional<String> name() {
        return text("name", MAX_DETAIL).or(() -> personName().map(PersonName::full));
    }

    /** Returns the number that the agent wrote, or the caller's number when the agent wrote none or one that cannot be read. */
    private Optional<String> phone(Optional<PhoneNumber> caller) {
        Optional<String> written = text("phone", MAX_PHONE);
        return written.flatMap(number -> PhoneNumber.read(number, country))
                .or(() -> caller)
                .map(PhoneNumber::e164)
                .or(() -> written);
    }

    private Optional<PersonName> personName() {
        return PersonName.of(
                text("first_name", MAX_NAME).or(() -> text("firstName", MAX_NAME)),
                text("last_name", MAX_NAME).or(() -> text("lastName", MAX_NAME)),
                text("name", MAX_DETAIL));
    }

    /**
     * Returns the input of {@code crm.upsertContact} with the details that the person gave. Empty when there are none, or when
     * neither a number nor an address identifies the contact.
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
        phone(caller).ifPresent(phone -> said.put("phone", phone));
        return said.has("phone") || said.has("email") ? Optional.of(said) : Optional.empty();
    }

    /** Returns the value of an argument, which some agents send as an object with the parts of a time. */
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

    /** Returns the value of an argument that is filled in. */
    private Optional<String> present(String name) {
        return Optional.of(scalar(name)).filter(text -> !text.isBlank() && !AbsentText.matches(text));
    }

    /** Returns the text of an argument, cut at the maximum length. */
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
