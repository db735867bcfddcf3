package dev.patchbay.iam.signin;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.patchbay.iam.People;
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
    Strangers strangers;

    @Autowired
    People people;

    TenantId tenant = new TenantId("tnt_unset");
    String user = "";

    @BeforeEach
    void aUserWhoIsKnownThere() {
        tenant = people.tenant();
        user = people.user(tenant, "Known");
        strangers.known(tenant, user, server, subject);
    }

    @AfterEach
    void close() {
        server.close();
    }

    SignIns signIns(String hostedDomain) {
        return strangers.at(Strangers.client(server, hostedDomain));
    }

    SignIns.SignedIn signIn(
            SignIns signIns,
            BiFunction<HostileIssuer, JWTClaimsSet, String> made,
            UnaryOperator<JWTClaimsSet.Builder> told) {
        return Strangers.signIn(signIns, server, subject, made, told);
    }
}
