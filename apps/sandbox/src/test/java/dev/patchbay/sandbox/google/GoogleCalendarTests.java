package dev.patchbay.sandbox.google;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.auth.oauth2.BearerToken;
import com.google.api.client.auth.oauth2.Credential;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.Data;
import com.google.api.client.util.DateTime;
import com.google.api.services.calendar.Calendar;
import com.google.api.services.calendar.model.Event;
import com.google.api.services.calendar.model.EventDateTime;
import com.google.api.services.calendar.model.FreeBusyCalendar;
import com.google.api.services.calendar.model.FreeBusyRequest;
import com.google.api.services.calendar.model.FreeBusyRequestItem;
import dev.patchbay.sandbox.SandboxFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events and free/busy, as Google's own Java client uses them. */
class GoogleCalendarTests {

    private static final String OWNER = "owner@acme.test";

    private SandboxFixture sandbox;
    private Calendar calendar;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
        Credential credential = new Credential(BearerToken.authorizationHeaderAccessMethod())
                .setAccessToken(sandbox.googleAccessToken());
        calendar = new Calendar.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), credential)
                .setRootUrl(sandbox.address() + "/google/")
                .setApplicationName("patchbay")
                .build();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    /** An appointment on 1 December 2026, New York time. */
    private static Event appointment(String id, String from, String to) {
        return new Event()
                .setId(id)
                .setSummary("Appointment")
                .setStart(at(from))
                .setEnd(at(to))
                .setExtendedProperties(new Event.ExtendedProperties().setPrivate(Map.of("patchbayRun", "run-" + id)));
    }

    private static EventDateTime at(String time) {
        return new EventDateTime()
                .setDateTime(new DateTime("2026-12-01T" + time + ":00-05:00"))
                .setTimeZone("America/New_York");
    }

    private static void assertRejected(int status, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        GoogleJsonResponseException.class,
                        error -> assertThat(error.getStatusCode()).isEqualTo(status));
    }

    @Test
    void insertsAnEventOnceUnderTheClientsId() throws IOException {
        Event booked = calendar.events()
                .insert("primary", appointment("first", "10:00", "10:30"))
                .execute();

        assertThat(booked.getStatus()).isEqualTo("confirmed");
        assertThat(booked.getOrganizer().getEmail()).isEqualTo(OWNER);
        assertRejected(
                409,
                () -> calendar.events()
                        .insert(OWNER, appointment("first", "11:00", "11:30"))
                        .execute());
        assertThat(calendar.events().get(OWNER, "first").execute()).isEqualTo(booked);
        assertThat(sandbox.state().path("google").path("events").size()).isEqualTo(1);
    }

    @Test
    void generatesAnIdWhenTheClientGivesNone() throws IOException {
        Event booked = calendar.events()
                .insert("primary", appointment("x", "10:00", "10:30").setId(null))
                .execute();

        assertThat(booked.getId()).matches("[a-v0-9]{26}");
    }

    @Test
    void aCancelledEventKeepsItsId() throws IOException {
        calendar.events()
                .insert("primary", appointment("first", "10:00", "10:30"))
                .execute();
        calendar.events().delete("primary", "first").execute();

        assertThat(calendar.events().get("primary", "first").execute().getStatus())
                .isEqualTo("cancelled");
        assertRejected(410, () -> calendar.events().delete("primary", "first").execute());
        assertRejected(
                409,
                () -> calendar.events()
                        .insert("primary", appointment("first", "10:00", "10:30"))
                        .execute());
        assertThat(calendar.events().list("primary").execute().getItems()).isEmpty();
        assertThat(calendar.events()
                        .list("primary")
                        .setShowDeleted(true)
                        .execute()
                        .getItems())
                .hasSize(1);
    }

    @Test
    void listsEventsByTimeAndPrivateProperty() throws IOException {
        calendar.events()
                .insert("primary", appointment("later", "12:00", "12:30"))
                .execute();
        calendar.events()
                .insert("primary", appointment("first", "10:00", "10:30"))
                .execute();
        calendar.events()
                .insert("second@acme.test", appointment("abroad", "10:00", "10:30"))
                .execute();

        assertThat(ids(calendar.events().list("primary").setSingleEvents(true))).containsExactly("first", "later");
        assertThat(ids(calendar.events().list("primary").setTimeMin(new DateTime("2026-12-01T15:30:00Z"))))
                .containsExactly("later");
        assertThat(ids(calendar.events().list("primary").setTimeMax(new DateTime("2026-12-01T17:00:00Z"))))
                .containsExactly("first");
        assertThat(ids(calendar.events().list("primary").setPrivateExtendedProperty(List.of("patchbayRun=run-later"))))
                .containsExactly("later");
        assertRejected(
                400,
                () -> calendar.events()
                        .list("primary")
                        .setPrivateExtendedProperty(List.of("odd"))
                        .execute());
    }

    @Test
    void listsEventsInPages() throws IOException {
        calendar.events()
                .insert("primary", appointment("first", "10:00", "10:30"))
                .execute();
        calendar.events()
                .insert("primary", appointment("later", "12:00", "12:30"))
                .execute();

        String next =
                calendar.events().list("primary").setMaxResults(1).execute().getNextPageToken();

        assertThat(ids(calendar.events().list("primary").setMaxResults(1).setPageToken(next)))
                .containsExactly("later");
    }

    private static List<String> ids(Calendar.Events.List request) throws IOException {
        return request.execute().getItems().stream().map(Event::getId).toList();
    }

    @Test
    void patchKeepsOtherMembersAndUpdateReplacesThem() throws IOException {
        calendar.events()
                .insert("primary", appointment("first", "10:00", "10:30"))
                .execute();

        Event patched = calendar.events()
                .patch("primary", "first", new Event().setSummary("Moved"))
                .execute();
        assertThat(patched.getExtendedProperties().getPrivate()).containsEntry("patchbayRun", "run-first");
        Event replaced = calendar.events()
                .update("primary", "first", new Event().setStart(at("11:00")).setEnd(at("11:30")))
                .execute();
        assertThat(replaced.getSummary()).isNull();
        assertThat(replaced.getSequence()).isEqualTo(2);
    }

    @Test
    void aPatchMergesObjectsAndRemovesNullMembers() throws IOException {
        calendar.events()
                .insert("primary", appointment("first", "10:00", "10:30").setStatus("tentative"))
                .execute();

        Event patched = calendar.events()
                .patch(
                        "primary",
                        "first",
                        new Event()
                                .setStatus("confirmed")
                                .setSummary(Data.nullOf(String.class))
                                .setExtendedProperties(
                                        new Event.ExtendedProperties().setPrivate(Map.of("patchbayEffect", "e"))))
                .execute();

        assertThat(patched.getStatus()).isEqualTo("confirmed");
        assertThat(patched.getSummary()).isNull();
        assertThat(patched.getExtendedProperties().getPrivate())
                .containsEntry("patchbayRun", "run-first")
                .containsEntry("patchbayEffect", "e");
    }

    @Test
    void freeBusyMergesPeriodsAndIgnoresTransparentAndCancelledEvents() throws IOException {
        calendar.events()
                .insert("primary", appointment("first", "10:00", "11:00"))
                .execute();
        calendar.events()
                .insert("primary", appointment("inside", "10:15", "10:30"))
                .execute();
        calendar.events()
                .insert("primary", appointment("after", "10:45", "11:30"))
                .execute();
        calendar.events()
                .insert("primary", appointment("apart", "15:00", "15:30"))
                .execute();
        calendar.events()
                .insert("primary", appointment("perhaps", "16:00", "16:30").setTransparency("transparent"))
                .execute();
        calendar.events()
                .insert("primary", appointment("cancelled", "18:00", "18:30"))
                .execute();
        calendar.events().delete("primary", "cancelled").execute();

        Map<String, FreeBusyCalendar> found = busy("2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z");
        assertThat(requireNonNull(found.get(OWNER)).getBusy().stream()
                        .map(busy -> busy.getStart().toStringRfc3339() + " "
                                + busy.getEnd().toStringRfc3339()))
                .containsExactly(
                        "2026-12-01T15:00:00.000Z 2026-12-01T16:30:00.000Z",
                        "2026-12-01T20:00:00.000Z 2026-12-01T20:30:00.000Z");
        assertThat(requireNonNull(found.get("nobody")).getErrors().getFirst().getReason())
                .isEqualTo("notFound");
    }

    private Map<String, FreeBusyCalendar> busy(String from, String to) throws IOException {
        return calendar.freebusy()
                .query(new FreeBusyRequest()
                        .setTimeMin(new DateTime(from))
                        .setTimeMax(new DateTime(to))
                        .setItems(List.of(
                                new FreeBusyRequestItem().setId(OWNER), new FreeBusyRequestItem().setId("nobody"))))
                .execute()
                .getCalendars();
    }

    @Test
    void freeBusyIsEmptyBeforeAndAfterAnEvent() throws IOException {
        calendar.events()
                .insert("primary", appointment("first", "10:00", "11:00"))
                .execute();

        assertThat(requireNonNull(busy("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z")
                                .get(OWNER))
                        .getBusy())
                .isEmpty();
        assertThat(requireNonNull(busy("2026-12-03T00:00:00Z", "2026-12-04T00:00:00Z")
                                .get(OWNER))
                        .getBusy())
                .isEmpty();
    }

    @Test
    void freeBusyRefusesEmptyAndLongRanges() throws IOException {
        assertRejected(400, () -> busy("2026-12-02T00:00:00Z", "2026-12-02T00:00:00Z"));
        assertRejected(400, () -> busy("2026-01-01T00:00:00Z", "2026-04-11T00:00:00Z"));
        assertThat(busy("2026-01-01T00:00:00Z", "2026-03-31T00:00:00Z")).isNotEmpty();
        assertRejected(
                400,
                () -> calendar.freebusy()
                        .query(new FreeBusyRequest()
                                .setTimeMin(new DateTime("2026-12-01T00:00:00Z"))
                                .setTimeMax(new DateTime("2026-12-02T00:00:00Z"))
                                .setTimeZone("GMT-5"))
                        .execute());
    }

    @Test
    void aDayBeginsInTheCalendarsZone() throws IOException {
        calendar.events()
                .insert(
                        "primary",
                        new Event()
                                .setStart(new EventDateTime().setDate(new DateTime("2026-12-01")))
                                .setEnd(new EventDateTime().setDate(new DateTime("2026-12-02"))))
                .execute();
        assertThat(requireNonNull(busy("2026-12-01T00:00:00Z", "2026-12-01T04:59:00Z")
                                .get(OWNER))
                        .getBusy())
                .isEmpty();
        assertThat(requireNonNull(busy("2026-12-02T04:00:00Z", "2026-12-02T05:00:00Z")
                                .get(OWNER))
                        .getBusy())
                .hasSize(1);
    }

    @Test
    void rejectsAnEventInAZoneThatIsNoName() {
        assertRejected(
                400,
                () -> calendar.events()
                        .insert(
                                "primary",
                                appointment("first", "10:00", "10:30")
                                        .setStart(at("10:00").setTimeZone("GMT-5")))
                        .execute());
    }

    @Test
    void rejectsUnknownCalendarsAndEventsAndExpiredTokens() {
        assertRejected(404, () -> calendar.events().list("stranger@acme.test").execute());
        assertRejected(404, () -> calendar.events().get("primary", "unknown").execute());
        sandbox.clock.tick(Duration.ofHours(1));
        assertRejected(401, () -> calendar.events().list("primary").execute());
    }
}
