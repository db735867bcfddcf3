package dev.patchbay.iam.signin;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** A hostile issuer, and a user with an account there. */
abstract class SignInFixture {

    final HostileIssuer server = new HostileIssuer();
    final String subject = Secret.next();

    @Autowired
    OidcFixture oidcFixture;

    @Autowired
    PeopleFixture people;

    TenantId tenant = new TenantId("tnt_unset");
    UserId user = new UserId("usr_unset");

    @BeforeEach
    void createKnownUser() {
        tenant = people.createTenant();
        user = people.createUser(tenant, "Known");
        oidcFixture.bind(tenant, user, server, subject);
    }

    @AfterEach
    void close() {
        server.close();
    }

    SignIns signIns(String hostedDomain) {
        return oidcFixture.signInsWith(OidcFixture.registration(server, hostedDomain));
    }

    CompletedSignIn signIn(
            SignIns signIns,
            BiFunction<HostileIssuer, JWTClaimsSet, String> encode,
            UnaryOperator<JWTClaimsSet.Builder> change) {
        return OidcFixture.signIn(signIns, server, subject, encode, change);
    }
}
