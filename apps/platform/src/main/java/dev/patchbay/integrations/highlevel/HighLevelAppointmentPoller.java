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
 * Polls created and updated appointments. HighLevel lists appointments by calendar and start time, not by time of change
 * ("Get Calendar Events"); therefore those from 31 days back to 366 days ahead are read and filtered by their time of change.
 * Each poll starts 15 minutes before the last change that the previous one saw, to allow for clock differences and writes that
 * become visible late.
 *
 * <p>A list shows the present state only. An appointment that was created and changed since yields its creation with the
 * present data; intermediate changes and deletions are known from webhooks alone.
 */
final class HighLevelAppointmentPoller {

    private static final Duration OVERLAP = Duration.ofMinutes(15);
    private static final Duration LOOK_BACK = Duration.ofDays(31);
    private static final Duration LOOK_AHEAD = Duration.ofDays(366);

    private final HighLevelApi api;

    HighLevelAppointmentPoller(HighLevelApi api) {
        this.api = api;
    }

    /** @param cursor the time of the latest change, ISO-8601 */
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
            mapChanges(location, event, since).forEach(mapped -> found.add(new Found(mapped, body)));
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
        Instant addedAt = timestampOf(event, "dateAdded");
        var mapped = new ArrayList<Normalised>();
        // An earlier creation was found by an earlier poll, or is older than the connection.
        if (!addedAt.isBefore(since)) {
            mapped.add(HighLevelEventMapper.mapAppointmentCreated(location, event));
        }
        if (updatedAt(event).isAfter(addedAt)) {
            mapped.add(HighLevelEventMapper.mapAppointmentUpdated(location, event));
        }
        return mapped;
    }

    private static Instant updatedAt(JsonNode event) {
        return HighLevelTimestamps.parse(event.path("dateUpdated")).orElseGet(() -> timestampOf(event, "dateAdded"));
    }

    private static Instant timestampOf(JsonNode event, String name) {
        return HighLevelTimestamps.parse(event.path(name)).orElse(Instant.EPOCH);
    }
}
