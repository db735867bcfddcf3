package dev.patchbay.iam;

import dev.patchbay.iam.sessions.ClockedSessions;
import dev.patchbay.iam.sessions.OpenedSession;
import dev.patchbay.iam.sessions.Session;
import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.sessions.SessionSettings;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.SettableClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A tenant whose administrator is signed in, and a clock that tests move. */
abstract class SessionFixture {

    static final SessionOrigin ORIGIN = new SessionOrigin("127.0.0.1", "test");

    static final JsonNode NOTHING = Json.object();

    final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    @Autowired
    ClockedSessions clockedSessions;

    @Autowired
    Sessions platformSessions;

    @Autowired
    SessionSettings settings;

    @Autowired
    PeopleFixture people;

    TenantId tenant = new TenantId("tnt_unset");

    UserId user = new UserId("usr_unset");

    OpenedSession openedSession = new OpenedSession(tenant, emptySession(), "");

    static Session emptySession() {
        return new Session(
                new SessionId("ses_unset"),
                new UserId("usr_unset"),
                Instant.MIN,
                Instant.MIN,
                Instant.MIN,
                Instant.MIN,
                null,
                "",
                "",
                null);
    }

    Sessions sessions() {
        return clockedSessions.at(clock);
    }

    @BeforeEach
    void openSession() {
        tenant = people.createTenant();
        user = people.createUser(tenant, "Ada");
        people.assign(tenant, user, "tenant-admin", Optional.empty());
        openedSession = sessions().open(tenant, user, ORIGIN);
    }

    Browser browser() {
        return browser(openedSession);
    }

    static Browser browser(OpenedSession session) {
        return new Browser()
                .keep(Browser.SESSION, session.secret())
                .keep(Browser.CSRF, Secret.derive(session.secret(), "csrf"));
    }
}
