package dev.patchbay.iam.signin;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** An OIDC server that is not our sandbox, and a user who is known there. */
abstract class SignInFixture {

    final HostileIssuer server = new HostileIssuer();
    final String subject = Secret.next();

    @Autowired
    OidcFixture oidcFixture;

    @Autowired
    PeopleFixture peopleFixture;

    TenantId tenant = new TenantId("tnt_unset");
    String user = "";

    @BeforeEach
    void createKnownUser() {
        tenant = peopleFixture.createTenant();
        user = peopleFixture.createUser(tenant, "Known");
        oidcFixture.bind(tenant, user, server, subject);
    }

    @AfterEach
    void close() {
        server.close();
    }

    SignIns signIns(String hostedDomain) {
        return oidcFixture.signInsWith(OidcFixture.client(server, hostedDomain));
    }

    CompletedSignIn signIn(
            SignIns signIns,
            BiFunction<HostileIssuer, JWTClaimsSet, String> made,
            UnaryOperator<JWTClaimsSet.Builder> told) {
        return OidcFixture.signIn(signIns, server, subject, made, told);
    }
}
