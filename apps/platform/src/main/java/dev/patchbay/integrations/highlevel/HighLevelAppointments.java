package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.Account;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.PollSource.Found;
import dev.patchbay.ingress.spi.PollSource.Page;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Appointments that were made or changed. HighLevel lists them by calendar and by when they take place, not by when they
 * changed: so those of a month back and a year ahead are read, and told when they changed since. Each reading goes back
 * fifteen minutes before the last change it saw, for clocks that differ and writes that show late.
 *
 * <p>A list holds the present only. Of an appointment that was made and changed since, the making is told with what it
 * became; changes in between, and deletions, are told by webhooks alone.
 */
final class HighLevelAppointments {

    private static final Duration OVERLAP = Duration.ofMinutes(15);
    private static final Duration BACK = Duration.ofDays(31);
    private static final Duration AHEAD = Duration.ofDays(366);

    private final HighLevelApi api;

    HighLevelAppointments(HighLevelApi api) {
        this.api = api;
    }

    /** The cursor is the time of the latest change, ISO-8601. */
    Page read(Account account, Optional<String> cursor, Instant from) {
        Instant since = cursor.map(it -> Instant.parse(it).minus(OVERLAP)).orElse(from);
        String location = HighLevelChanges.locationOf(account);
        List<JsonNode> changed = events(account, location, since).stream()
                .filter(event -> !updated(event).isBefore(since))
                .sorted(Comparator.comparing(HighLevelAppointments::updated))
                .toList();
        var found = new ArrayList<Found>();
        for (JsonNode event : changed) {
            byte[] body = Hashing.utf8(Json.write(event));
            facts(location, event, since).forEach(fact -> found.add(new Found(fact, body)));
        }
        Instant latest = changed.isEmpty() ? since.plus(OVERLAP) : updated(changed.getLast());
        return new Page(found, latest.toString(), false);
    }

    private List<JsonNode> events(Account account, String location, Instant since) {
        var events = new ArrayList<JsonNode>();
        JsonNode calendars =
                api.get(account, "highlevel/calendars.list", "/calendars/", Map.of("locationId", location));
        for (JsonNode calendar : calendars.path("calendars")) {
            api.get(
                            account,
                            "highlevel/events.list",
                            "/calendars/events",
                            Map.of(
                                    "locationId", location,
                                    "calendarId", calendar.path("id").asString(""),
                                    "startTime",
                                            String.valueOf(since.minus(BACK).toEpochMilli()),
                                    "endTime", String.valueOf(since.plus(AHEAD).toEpochMilli())))
                    .path("events")
                    .forEach(events::add);
        }
        return events;
    }

    private static List<Normalised> facts(String location, JsonNode event, Instant since) {
        Instant added = moment(event, "dateAdded");
        var facts = new ArrayList<Normalised>();
        // What was made before this reading's time is no news: it had its own reading, or is older than the connection.
        if (!added.isBefore(since)) {
            facts.add(HighLevelFacts.appointmentCreated(location, event));
        }
        if (updated(event).isAfter(added)) {
            facts.add(HighLevelFacts.appointmentUpdated(location, event));
        }
        return facts;
    }

    private static Instant updated(JsonNode event) {
        return Moments.read(event.path("dateUpdated")).orElseGet(() -> moment(event, "dateAdded"));
    }

    private static Instant moment(JsonNode event, String name) {
        return Moments.read(event.path(name)).orElse(Instant.EPOCH);
    }
}
