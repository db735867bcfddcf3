package dev.patchbay.iam;

import dev.patchbay.iam.sessions.Session;
import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.sessions.OpenedSession;
import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.sessions.SessionRepository;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.iam.signin.SignInSettings;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.SettableClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** An agency whose administrator is signed in, and a clock to move. */
abstract class SessionFixture {

    static final SessionOrigin ORIGIN = new SessionOrigin("127.0.0.1", "test");

    static final JsonNode NOTHING = Json.object();

    final SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    @Autowired
    SessionRepository repository;

    @Autowired
    Sessions platformSessions;

    @Autowired
    Access access;

    @Autowired
    Tenancy tenancy;

    @Autowired
    ChangeAudit audit;

    @Autowired
    SignInSettings settings;

    @Autowired
    PeopleFixture peopleFixture;

    TenantId tenant = new TenantId("tnt_unset");

    String user = "";

    OpenedSession openedSession = new OpenedSession(tenant, emptySession(), "");

    static Session emptySession() {
        return new Session(
                "ses_unset", "", Instant.MIN, Instant.MIN, Instant.MIN, Instant.MIN, null, "", "", null);
    }

    Sessions sessions() {
        return new Sessions(repository, access, tenancy, audit, settings, clock);
    }

    @BeforeEach
    void openSession() {
        tenant = peopleFixture.createTenant();
        user = peopleFixture.createUser(tenant, "Ada");
        peopleFixture.assign(tenant, user, "tenant-admin", Optional.empty());
        openedSession = sessions().open(tenant, user, ORIGIN);
    }

    Browser browser() {
        return browser(openedSession);
    }

    static Browser browser(OpenedSession session) {
        return new Browser()
                .keep(Browser.SESSION, session.secret())
                .keep(Browser.CSRF, Secret.derived(session.secret(), "csrf"));
    }
}
