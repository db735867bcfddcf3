package dev.patchbay.ingress.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Connections;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.ingress.polling.Recorder.Recorded;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records a day of webhooks and delivers them to two connections: to one as the provider sent them, to the other shuffled,
 * doubled and with a tenth missing. After a poll, both connections must have the same events.
 */
@PatchbayTest
class RecordedDayTests {

    @Autowired
    private Polls polls;

    @Autowired
    private Reconciliation reconciliation;

    @Autowired
    private Connections connections;

    @Autowired
    private Tenants tenants;

    @Autowired
    private Clients clients;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private PolledTenant tenant() {
        return new PolledTenant(tenants, clients, connections, tenancy, jdbc);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDayOfLostAndRepeatedCallWebhooksIsRepaired(long seed) {
        var random = new Random(seed);
        var day = tenant();
        try (var recorder = new Recorder("x-retell-signature")) {
            day.atRetell(recorder.url());
            for (int call = 0; call < 40; call++) {
                TestEnvironment.sandbox(
                        "calls",
                        Json.object()
                                .put("from", "+1415555" + String.format("%04d", call))
                                .put("agentId", day.agent())
                                .put("firstName", "Caller")
                                .put("durationSeconds", 5 + random.nextInt(3000))
                                .put("endTimestamp", sometimeToday(random).toEpochMilli()));
            }
            assertThat(recorder.recorded()).hasSize(120);

            int dropped = deliver(day, "retell", recorder.recorded(), any -> true, random);

            assertRepaired(day, "retell", PolledTenant.DISTURBED, 120, dropped);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDayOfLostAndRepeatedCrmWebhooksIsRepaired(long seed) throws GeneralSecurityException {
        var random = new Random(seed);
        var day = tenant();
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        try (var recorder = new Recorder("x-ghl-signature")) {
            day.atHighLevel(
                    recorder.url(),
                    base64(keys.getPrivate().getEncoded()),
                    base64(keys.getPublic().getEncoded()));
            Set<String> moved = new HashSet<>();
            for (int message = 0; message < 60; message++) {
                say(day, "contact_" + random.nextInt(25), random);
            }
            for (int appointment = 0; appointment < 30; appointment++) {
                book(day, "appointment_" + day.mark + appointment, random.nextInt(3) == 0, moved, random);
            }
            int sent = recorder.recorded().size();
            assertThat(sent).isEqualTo(90 + moved.size());

            // A changed appointment is listed in its present state: only its webhook reports its creation.
            Predicate<Recorded> listed =
                    webhook -> !(webhook.json().path("type").asString().equals("AppointmentCreate")
                            && moved.contains(
                                    webhook.json().at("/appointment/id").asString()));
            int dropped = deliver(day, "highlevel", recorder.recorded(), listed, random);

            assertRepaired(day, "highlevel", "con_location", sent, dropped);
        }
    }

    private static void say(PolledTenant day, String contact, Random random) {
        TestEnvironment.sandbox(
                "highlevel/messages",
                Json.object()
                        .put("locationId", day.location())
                        .put("contactId", contact)
                        .put("body", "Message " + random.nextInt())
                        .put("direction", random.nextBoolean() ? "inbound" : "outbound")
                        .put("at", sometimeToday(random).toString()));
    }

    private static void book(PolledTenant day, String id, boolean changed, Set<String> moved, Random random) {
        Instant createdAt = sometimeToday(random);
        TestEnvironment.sandbox(
                "highlevel/appointments",
                Json.object()
                        .put("id", id)
                        .put("locationId", day.location())
                        .put("calendarId", "calendar_" + random.nextInt(3))
                        .put("contactId", "contact_" + random.nextInt(25))
                        .put(
                                "startTime",
                                createdAt
                                        .plus(Duration.ofDays(1 + random.nextInt(90)))
                                        .toString())
                        .put("at", createdAt.toString()));
        if (changed) {
            moved.add(id);
            TestEnvironment.sandbox(
                    "highlevel/appointments",
                    Json.object()
                            .put("id", id)
                            .put("title", "Moved")
                            .put("at", createdAt.plusSeconds(60).toString()));
        }
    }

    /** Delivers the webhooks to both connections, and returns the number that the disturbed one did not get. */
    private static int deliver(
            PolledTenant day, String provider, List<Recorded> webhooks, Predicate<Recorded> mayBeLost, Random random) {
        webhooks.forEach(webhook -> assertThat(webhook.deliver(day.address(provider, PolledTenant.QUIET)))
                .isEqualTo(202));
        var lossy = new ArrayList<>(webhooks.stream().filter(mayBeLost).toList());
        Collections.shuffle(lossy, random);
        var lost = lossy.subList(0, webhooks.size() / 10);
        var disturbed = new ArrayList<>(webhooks);
        disturbed.addAll(webhooks);
        disturbed.removeAll(lost);
        Collections.shuffle(disturbed, random);
        disturbed.forEach(webhook -> assertThat(webhook.deliver(day.address(provider, PolledTenant.DISTURBED)))
                .isIn(200, 202));
        return lost.size();
    }

    private void assertRepaired(PolledTenant day, String provider, String polledConnection, int facts, int dropped) {
        assertThat(day.state(PolledTenant.DISTURBED)).hasSize(facts - dropped);

        var reports = polls.pollNow(
                day.tenant,
                "tok_test",
                Optional.of(provider),
                Optional.of(new ConnectionId(polledConnection)),
                new CorrelationId("cor_day"));

        assertThat(reports).allSatisfy(report -> assertThat(report.state()).isEqualTo(PollState.DONE));
        assertThat(reports.stream().mapToInt(PollReport::repaired).sum()).isEqualTo(dropped);
        assertThat(day.state(PolledTenant.DISTURBED)).hasSize(facts).isEqualTo(day.state(PolledTenant.QUIET));
        assertThat(day.polled(PolledTenant.DISTURBED)).isEqualTo(dropped);
        assertCounts(day, facts, dropped);

        var again = polls.pollNow(
                day.tenant,
                "tok_test",
                Optional.of(provider),
                Optional.of(new ConnectionId(polledConnection)),
                new CorrelationId("cor_day"));

        assertThat(again).allSatisfy(report -> {
            assertThat(report.repaired()).isZero();
            assertThat(report.missing()).isZero();
        });
        assertThat(day.state(PolledTenant.DISTURBED)).isEqualTo(day.state(PolledTenant.QUIET));
        assertCounts(day, facts, dropped);
    }

    private void assertCounts(PolledTenant day, int facts, int dropped) {
        var days = reconciliation
                .listDays(day.tenant, Optional.empty(), Optional.empty(), Optional.empty(), 100, Optional.empty())
                .items();
        assertThat(days.stream().mapToLong(Reconciliation.Day::repaired).sum()).isEqualTo(dropped);
        assertThat(days.stream().mapToLong(Reconciliation.Day::onlyHere).sum()).isZero();
        assertThat(days).allSatisfy(it -> {
            assertThat(it.connectionId()).isEqualTo(new ConnectionId(PolledTenant.DISTURBED));
            assertThat(it.missing()).isZero();
            assertThat(it.lastPolledAt()).isNotNull();
        });
        assertThat(days.stream().mapToLong(it -> it.matched() + it.repaired()).sum())
                .isLessThanOrEqualTo(facts)
                .isGreaterThan(facts / 2);
    }

    private static Instant sometimeToday(Random random) {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(120L + random.nextInt(20 * 3600));
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }
}
