package dev.patchbay.effects.internal.calendar;

import dev.patchbay.connections.Connections;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.internal.action.ActionsFixture;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Clients with calendars of their own, and callers and flows that want their times. */
@Component
public class CalendarFixture {

    static final TenantId TENANT = new TenantId("tnt_demo");
    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

    private final ActionsFixture actionsFixture;
    private final Clients clients;
    private final Connections connections;
    private final ReservationRepository repository;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    CalendarFixture(
            ActionsFixture actionsFixture,
            Clients clients,
            Connections connections,
            ReservationRepository repository,
            Tenancy tenancy,
            JdbcClient jdbc) {
        this.actionsFixture = actionsFixture;
        this.clients = clients;
        this.connections = connections;
        this.repository = repository;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** A client that is open around the clock, with an empty calendar. */
    Practice practice() {
        return practice(Json.object());
    }

    /** @param rules further settings of its calendar */
    Practice practice(ObjectNode rules) {
        String name = UUID.randomUUID().toString().substring(0, 13);
        var client = new ClientId("cli_" + name);
        clients.put(TENANT, new Client(client, name, CHICAGO, Json.object()));
        ObjectNode settings = Json.object().put("calendarId", name);
        var week = settings.putObject("hours").putObject("week");
        for (String day : List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")) {
            week.putArray(day).addObject().put("from", "00:00").put("to", "24:00");
        }
        settings.setAll(rules);
        connections.bind(TenantScope.of(TENANT, client), "calendar", new ConnectionId("con_google"), settings);
        var calendar = new FakeCalendar();
        return new Practice(client, name, calendar, actionsFixture.withShortTimings(List.of(calendar)));
    }

    final class Practice {

        final FakeCalendar calendar;
        private final ClientId client;
        private final String name;
        private final Actions actions;

        private Practice(ClientId client, String name, FakeCalendar calendar, Actions actions) {
            this.client = client;
            this.name = name;
            this.calendar = calendar;
            this.actions = actions;
        }

        /** A function of a call. */
        ActionRequest inCall(CorrelationId call, String function, ObjectNode input) {
            String task = function + ":" + input.path("start").asString("") + "/"
                    + input.path("minutes").asInt();
            return request(call, new EffectOrigin.LiveCall(call.value()), task, function, input);
        }

        /** A step of a flow that runs after a call. */
        ActionRequest inFlow(CorrelationId call, String function, ObjectNode input) {
            return request(call, new EffectOrigin.Run(new RunId("run_" + UUID.randomUUID())), "step", function, input);
        }

        private ActionRequest request(
                CorrelationId call, EffectOrigin origin, String task, String function, JsonNode input) {
            return new ActionRequest(
                    client,
                    CHICAGO,
                    Locale.US,
                    call,
                    new EffectKey(TENANT, origin, task, 0),
                    function,
                    PortFunction.byName(function),
                    input,
                    Duration.ofSeconds(2));
        }

        Outcome attempt(ActionRequest request) {
            return actions.attempt(request, 1, false, ExchangeLog.startingAt(Instant.now()));
        }

        /** Attempts until it is decided, as a run or a call does; windows are ended at once. */
        Outcome finish(ActionRequest request) {
            Outcome outcome = attempt(request);
            for (int turn = 0; turn < 200 && !isDecided(outcome); turn++) {
                endWindow(request);
                outcome = attempt(request);
            }
            return outcome;
        }

        private static boolean isDecided(Outcome outcome) {
            return !(outcome instanceof Outcome.Retry || outcome instanceof Outcome.Deferred);
        }

        void endWindow(ActionRequest request) {
            tenancy.inTenant(
                    TENANT,
                    () -> jdbc.sql("""
                            UPDATE patchbay.effect SET act_until = least(act_until, clock_timestamp()), look_after = clock_timestamp()
                            WHERE tenant_id = 'tnt_demo' AND key = :key AND state IN ('PLANNED', 'UNKNOWN')
                              AND (owner_node IS NULL OR act_until < clock_timestamp()) AND look_after < 'infinity'""").param("key", request.key().text()).update());
        }

        List<Reservation> reservations() {
            var always = new dev.patchbay.effects.spi.CalendarPort.Slot(
                    OffsetDateTime.parse("2000-01-01T00:00:00Z"), OffsetDateTime.parse("2200-01-01T00:00:00Z"));
            return tenancy.inTenant(
                    TENANT, () -> repository.findOverlapping(new Lane(TENANT, "google:" + name, "", 1), always));
        }

        void ageEffect(ActionRequest request, Duration by) {
            tenancy.inTenant(
                    TENANT,
                    () -> jdbc.sql("""
                            UPDATE patchbay.effect SET look_after = look_after - :by * interval '1 ms'
                            WHERE tenant_id = 'tnt_demo' AND key = :key""")
                            .param("by", by.toMillis())
                            .param("key", request.key().text())
                            .update());
        }

        void moveToThePast() {
            tenancy.inTenant(
                    TENANT,
                    () -> jdbc.sql("""
                            UPDATE patchbay.reservation SET span = tstzmultirange(tstzrange('2020-01-06 10:00Z', '2020-01-06 11:00Z'))
                            WHERE tenant_id = 'tnt_demo' AND calendar = :calendar""").param("calendar", "google:" + name).update());
        }

        /** As if that long had passed since anything changed. */
        void age(Duration by) {
            tenancy.inTenant(
                    TENANT,
                    () -> jdbc.sql("""
                            UPDATE patchbay.reservation SET changed_at = changed_at - :by * interval '1 ms'
                            WHERE tenant_id = 'tnt_demo' AND calendar = :calendar""")
                            .param("by", by.toMillis())
                            .param("calendar", "google:" + name)
                            .update());
        }
    }

    static CorrelationId newCall() {
        return new CorrelationId(Ids.next("cor", Instant.now()));
    }

    static ObjectNode at(String start, int minutes) {
        return Json.object().put("contact", "c1").put("start", start).put("minutes", minutes);
    }

    static Optional<String> failure(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                ? Optional.of(failed.reason() + " " + failed.sentence())
                : Optional.empty();
    }
}
