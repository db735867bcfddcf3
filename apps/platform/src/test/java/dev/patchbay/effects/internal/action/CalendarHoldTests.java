package dev.patchbay.effects.internal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.spi.CalendarPort.Hold;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A hold is either being booked or being released. */
@PatchbayTest
class CalendarHoldTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");
    private static final ClientId CLIENT = new ClientId("cli_northside");
    private static final OffsetDateTime START = OffsetDateTime.parse("2031-02-03T10:00:00Z");

    @Autowired
    private CalendarHoldService holds;

    @Autowired
    private Actions actions;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private final String id = UUID.randomUUID().toString();
    private final ActionRequest booking =
            request("calendar.book", "book", bookingInput().put("hold", id));

    @BeforeEach
    void holdTime() {
        var hold = new Hold(
                id,
                START,
                START.plusMinutes(30),
                "soon",
                OffsetDateTime.now(ZoneOffset.UTC).plusHours(1));
        holds.apply(request("calendar.hold", "hold", bookingInput()), new Outcome.Succeeded(Json.tree(hold)));
    }

    @Test
    void aBookingKeepsItsReservationWhileItsOutcomeIsUnknown() {
        assertThat(holds.reserve(booking)).isTrue();
        assertThat(holds.reserve(booking)).isTrue();

        holds.apply(booking, new Outcome.Deferred(Duration.ZERO));
        holds.apply(booking, new Outcome.Retry(Duration.ZERO, FailureReason.UNKNOWN_OUTCOME, "Nobody knows."));
        assertThat(readColumn("booked_by")).isEqualTo(booking.key().text());
    }

    @Test
    void aFailedBookingGivesItsReservationBack() {
        holds.reserve(booking);
        holds.apply(booking, new Outcome.Retry(Duration.ZERO, FailureReason.PROVIDER_DOWN, "Down."));
        assertThat(readColumn("booked_by")).isEmpty();

        holds.reserve(booking);
        holds.apply(booking, new Outcome.Failed(FailureReason.NO_SLOT, "Taken."));
        assertThat(readColumn("booked_by")).isEmpty();
    }

    @Test
    void aBookedHoldIsFoundByItsOrigin() {
        holds.reserve(booking);
        holds.apply(booking, new Outcome.Succeeded(Json.object()));

        assertThat(readColumn("state")).isEqualTo("booked");
        assertThat(holds.find(TENANT, CLIENT, origin(), START.toInstant()))
                .hasValueSatisfying(held -> assertThat(held.minutes()).isEqualTo(30));
        assertThat(holds.find(TENANT, CLIENT, origin(), START.plusHours(1).toInstant()))
                .isEmpty();
    }

    @Test
    void aBookingWaitsWhileItsHoldIsBeingReleased() {
        setState("releasing");
        assertThat(holds.reserve(booking)).isFalse();
        assertThat(actions.attempt(booking, 1, false, ExchangeLog.startingAt(START.toInstant())))
                .isEqualTo(new Outcome.Deferred(Duration.ofSeconds(1)));

        holds.apply(
                request("calendar.cancel", "release", Json.object().put("id", id)),
                new Outcome.Succeeded(Json.object()));
        assertThat(readColumn("state")).isEqualTo("released");
        assertThat(holds.reserve(booking)).isTrue();
    }

    @Test
    void anUnknownHoldIsLeftToTheProvider() {
        assertThat(holds.reserve(request("calendar.book", "book", bookingInput().put("hold", "elsewhere"))))
                .isTrue();
        assertThat(holds.reserve(request("calendar.book", "book", bookingInput())))
                .isTrue();
    }

    private static ObjectNode bookingInput() {
        return Json.object().put("contact", "c1").put("start", START.toString()).put("minutes", 30);
    }

    private ActionRequest request(String function, String task, JsonNode input) {
        return new ActionRequest(
                CLIENT,
                ZoneOffset.UTC,
                new CorrelationId("cor_holds"),
                new EffectKey(TENANT, origin(), task, 0),
                "/do/0/" + task,
                PortFunction.byName(function),
                input,
                Duration.ofSeconds(1));
    }

    private EffectOrigin origin() {
        return new EffectOrigin.Run(new RunId("run_" + id));
    }

    private void setState(String state) {
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql(
                                "UPDATE patchbay.calendar_hold SET state = :state WHERE tenant_id = 'tnt_demo' AND hold_id = :hold")
                        .param("state", state)
                        .param("hold", id)
                        .update());
    }

    private String readColumn(String name) {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("SELECT coalesce(" + name
                                + ", '') FROM patchbay.calendar_hold WHERE tenant_id = 'tnt_demo' AND hold_id = :hold")
                        .param("hold", id)
                        .query(String.class)
                        .single());
    }
}
