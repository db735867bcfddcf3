package dev.patchbay.notifications.internal.notice;

import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** An agency with an administrator, two clients, and a viewer of the first client. */
abstract class NoticeFixture {

    @Autowired
    PeopleFixture people;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Tenancy tenancy;

    @Autowired
    JdbcClient jdbc;

    TenantId tenant = new TenantId("tnt_unset");
    ClientId north = new ClientId("cli_unset");
    ClientId south = new ClientId("cli_unset");
    UserId admin = new UserId("usr_unset");
    UserId viewer = new UserId("usr_unset");

    @BeforeEach
    void createAgency() {
        tenant = people.createTenant();
        north = people.createClient(tenant, "North");
        south = people.createClient(tenant, "South");
        admin = people.createUser(tenant, "Ada");
        people.assign(tenant, admin, "tenant-admin", Optional.empty());
        viewer = people.createUser(tenant, "Vera");
        people.assign(tenant, viewer, "client-viewer", Optional.of(north));
    }

    static Map<String, String> downData() {
        return Map.of("connection", "Front desk", "provider", "HighLevel", "reason", "it rejects the key.");
    }

    /** A critical notice about a connection of the agency. */
    Notice down(String key) {
        return new Notice(TenantScope.of(tenant), NoticeTopic.CONNECTION_DOWN, "connection/" + key, key, downData());
    }

    /** A warning about runs of a client. */
    Notice deadLetters(ClientId client, String key) {
        return new Notice(
                TenantScope.of(tenant, client),
                NoticeTopic.DEAD_LETTERS_GROWING,
                "flow/" + key,
                key,
                Map.of("flow", "book", "reason", "The token has expired."));
    }

    void publish(Notice notice) {
        tenancy.inTenant(tenant, () -> events.publishEvent(notice));
    }

    static String unique() {
        return Ids.next("con", Instant.now());
    }

    /** How many deliveries of the tenant satisfy the condition. */
    int countDeliveries(String condition) {
        return count("notice_delivery", condition);
    }

    int count(String table, String condition) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT count(*) FROM patchbay." + table + " WHERE " + condition)
                        .query(Integer.class)
                        .single());
    }

    void awaitPlanned() {
        await(() -> count("notice", "plan_at IS NOT NULL") == 0);
    }

    static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    /** The mails in the sandbox's mailbox of the person. */
    static List<JsonNode> mailbox(UserId person) {
        return TestEnvironment.send(TestEnvironment.request(TestEnvironment.SANDBOX
                                .address()
                                .resolve("/_sandbox/mailbox?to=" + person + "@example.com"))
                        .GET())
                .body()
                .path("mails")
                .valueStream()
                .toList();
    }
}
