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
final class HighLevelAppointmentPoller {

    private static final Duration OVERLAP = Duration.ofMinutes(15);
    private static final Duration LOOK_BACK = Duration.ofDays(31);
    private static final Duration LOOK_AHEAD = Duration.ofDays(366);

    private final HighLevelApi api;

    HighLevelAppointmentPoller(HighLevelApi api) {
        this.api = api;
    }

    /** The cursor is the time of the latest change, ISO-8601. */
    Page read(Account account, Optional<String> cursor, Instant from) {
        Instant since = cursor.map(it -> Instant.parse(it).minus(OVERLAP)).orElse(from);
        String location = HighLevelPollSource.locationId(account);
        List<JsonNode> changed = listEvents(account, location, since).stream()
                .filter(event -> !updatedAt(event).isBefore(since))
                .sorted(Comparator.comparing(HighLevelAppointmentPoller::updatedAt))
                .toList();
        var found = new ArrayList<Found>();
        for (JsonNode event : changed) {
            byte[] body = Hashing.utf8(Json.write(event));
            mapChanges(location, event, since).forEach(fact -> found.add(new Found(fact, body)));
        }
        Instant latest = changed.isEmpty() ? since.plus(OVERLAP) : updatedAt(changed.getLast());
        return new Page(found, latest.toString(), false);
    }

    private List<JsonNode> listEvents(Account account, String location, Instant since) {
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
                                            String.valueOf(
                                                    since.minus(LOOK_BACK).toEpochMilli()),
                                    "endTime",
                                            String.valueOf(
                                                    since.plus(LOOK_AHEAD).toEpochMilli())))
                    .path("events")
                    .forEach(events::add);
        }
        return events;
    }

    private static List<Normalised> mapChanges(String location, JsonNode event, Instant since) {
        Instant added = timestampOf(event, "dateAdded");
        var facts = new ArrayList<Normalised>();
        // What was made before this reading's time is no news: it had its own reading, or is older than the connection.
        if (!added.isBefore(since)) {
            facts.add(HighLevelEventMapper.mapAppointmentCreated(location, event));
        }
        if (updatedAt(event).isAfter(added)) {
            facts.add(HighLevelEventMapper.mapAppointmentUpdated(location, event));
        }
        return facts;
    }

    private static Instant updatedAt(JsonNode event) {
        return HighLevelTimestamps.parse(event.path("dateUpdated")).orElseGet(() -> timestampOf(event, "dateAdded"));
    }

    private static Instant timestampOf(JsonNode event, String name) {
        return HighLevelTimestamps.parse(event.path(name)).orElse(Instant.EPOCH);
    }
}
