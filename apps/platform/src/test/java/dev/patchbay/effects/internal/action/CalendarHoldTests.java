package dev.patchbay.effects.internal.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.spi.CalendarPort.Hold;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
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
    private CalendarHoldRepository calendarHoldRepository;

    @Autowired
    private ActionExecutor actionExecutor;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private final String id = UUID.randomUUID().toString();
    private final ActionRequest booking =
            acting("calendar.book", "book", request().put("hold", id));

    @BeforeEach
    void aTimeIsHeld() {
        var hold = new Hold(
                id,
                START,
                START.plusMinutes(30),
                "soon",
                OffsetDateTime.now(ZoneOffset.UTC).plusHours(1));
        calendarHoldRepository.settled(
                acting("calendar.hold", "hold", request()), new Outcome.Succeeded(Json.tree(hold)));
    }

    @Test
    void aBookingTakesItAndKeepsItWhileNobodyKnows() {
        assertThat(calendarHoldRepository.take(booking)).isTrue();
        assertThat(calendarHoldRepository.take(booking)).isTrue();

        calendarHoldRepository.settled(booking, new Outcome.Deferred(Duration.ZERO));
        calendarHoldRepository.settled(
                booking, new Outcome.Retry(Duration.ZERO, FailureReason.UNKNOWN_OUTCOME, "Nobody knows."));
        assertThat(column("booked_by")).isEqualTo(booking.key().text());
    }

    @Test
    void aBookingThatWasNotMadeGivesItBack() {
        calendarHoldRepository.take(booking);
        calendarHoldRepository.settled(booking, new Outcome.Retry(Duration.ZERO, FailureReason.PROVIDER_DOWN, "Down."));
        assertThat(column("booked_by")).isEmpty();

        calendarHoldRepository.take(booking);
        calendarHoldRepository.settled(booking, new Outcome.Failed(FailureReason.NO_SLOT, "Taken."));
        assertThat(column("booked_by")).isEmpty();
    }

    @Test
    void whatIsBookedIsKnownByItsOrigin() {
        calendarHoldRepository.take(booking);
        calendarHoldRepository.settled(booking, new Outcome.Succeeded(Json.object()));

        assertThat(column("state")).isEqualTo("booked");
        assertThat(calendarHoldRepository.find(TENANT, CLIENT, "run_" + id, START.toInstant()))
                .hasValueSatisfying(held -> assertThat(held.minutes()).isEqualTo(30));
        assertThat(calendarHoldRepository.find(
                        TENANT, CLIENT, "run_" + id, START.plusHours(1).toInstant()))
                .isEmpty();
    }

    @Test
    void whatIsBeingReleasedIsWaitedForAndWhatIsReleasedIsNot() {
        set("releasing");
        assertThat(calendarHoldRepository.take(booking)).isFalse();
        assertThat(actionExecutor.attempt(booking, 1, false, ExchangeLog.from(START.toInstant())))
                .isEqualTo(new Outcome.Deferred(Duration.ofSeconds(1)));

        calendarHoldRepository.settled(
                acting("calendar.cancel", "release", Json.object().put("id", id)),
                new Outcome.Succeeded(Json.object()));
        assertThat(column("state")).isEqualTo("released");
        assertThat(calendarHoldRepository.take(booking)).isTrue();
    }

    @Test
    void aHoldThatNobodyWroteDownIsTheProvidersToJudge() {
        assertThat(calendarHoldRepository.take(
                        acting("calendar.book", "book", request().put("hold", "elsewhere"))))
                .isTrue();
        assertThat(calendarHoldRepository.take(acting("calendar.book", "book", request())))
                .isTrue();
    }

    private static ObjectNode request() {
        return Json.object().put("contact", "c1").put("start", START.toString()).put("minutes", 30);
    }

    private ActionRequest acting(String function, String task, JsonNode input) {
        return new ActionRequest(
                CLIENT,
                ZoneOffset.UTC,
                new CorrelationId("cor_holds"),
                new EffectKey(TENANT, "run_" + id, task, 0),
                "/do/0/" + task,
                PortFunction.named(function),
                input,
                Duration.ofSeconds(1));
    }

    private void set(String state) {
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql(
                                "UPDATE patchbay.calendar_hold SET state = :state WHERE tenant_id = 'tnt_demo' AND hold_id = :hold")
                        .param("state", state)
                        .param("hold", id)
                        .update());
    }

    private String column(String name) {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("SELECT coalesce(" + name
                                + ", '') FROM patchbay.calendar_hold WHERE tenant_id = 'tnt_demo' AND hold_id = :hold")
                        .param("hold", id)
                        .query(String.class)
                        .single());
    }
}
