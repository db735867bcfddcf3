package dev.patchbay.iam;

import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.signin.SessionRepository;
import dev.patchbay.iam.signin.Sessions;
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

    static final Sessions.Origin ORIGIN = new Sessions.Origin("127.0.0.1", "test");

    static final JsonNode NOTHING = Json.object();

    final SettableClock watch = new SettableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    @Autowired
    SessionRepository rows;

    @Autowired
    Sessions platform;

    @Autowired
    Access access;

    @Autowired
    Tenancy tenancy;

    @Autowired
    ChangeAudit audit;

    @Autowired
    SignInSettings settings;

    @Autowired
    People people;

    TenantId tenant = new TenantId("tnt_unset");

    String user = "";

    Sessions.Opened opened = new Sessions.Opened(tenant, session(), "");

    static Sessions.Session session() {
        return new Sessions.Session(
                "ses_unset", "", Instant.MIN, Instant.MIN, Instant.MIN, Instant.MIN, null, "", "", null);
    }

    Sessions sessions() {
        return new Sessions(rows, access, tenancy, audit, settings, watch);
    }

    @BeforeEach
    void somebodyIsSignedIn() {
        tenant = people.tenant();
        user = people.user(tenant, "Ada");
        people.give(tenant, user, "tenant-admin", Optional.empty());
        opened = sessions().open(tenant, user, ORIGIN);
    }

    Browser browser() {
        return browser(opened);
    }

    static Browser browser(Sessions.Opened session) {
        return new Browser()
                .keep(Browser.SESSION, session.secret())
                .keep(Browser.CSRF, Secret.derive(session.secret(), "csrf"));
    }
}
