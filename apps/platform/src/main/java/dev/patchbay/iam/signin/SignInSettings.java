package dev.patchbay.iam.signin;

import dev.patchbay.kernel.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people sign in.
 *
 * @param platformAdmins e-mail addresses of those who run the installation; each becomes platform-admin at their first sign-in
 *     with that address verified ({@code PATCHBAY_PLATFORM_ADMINS})
 */
@ConfigurationProperties("patchbay")
public record SignInSettings(
        @DefaultValue("prod") Environment environment,
        @DefaultValue("http://127.0.0.1:8080") URI publicUrl,
        @DefaultValue("http://127.0.0.1:4010") URI sandboxUrl,
        @DefaultValue Set<String> platformAdmins,
        @DefaultValue OidcSettings oidc,
        @DefaultValue SessionSettings sessions) {

    /** The client that the sandbox's Google knows; its secret is none, since nothing is behind it. */
    public static final String SANDBOX_CLIENT = "patchbay-sign-in";

    public static final String SANDBOX_SECRET = "sandbox";

    /**
     * What is set under {@code patchbay.oidc}.
     *
     * @param issuer as its discovery document spells it ({@code PATCHBAY_OIDC_ISSUER}); in dev the sandbox's Google
     * @param clientId ours at the issuer ({@code PATCHBAY_OIDC_CLIENT_ID})
     * @param clientSecret empty for a public client ({@code PATCHBAY_OIDC_CLIENT_SECRET})
     * @param hostedDomain only accounts of this Google Workspace ({@code PATCHBAY_OIDC_HOSTED_DOMAIN}); empty: any
     * @param prompt what it is asked to ask people ({@code PATCHBAY_OIDC_PROMPT}): which account it shall be, so that nobody is
     *     stuck with the one they are signed in with; empty for an issuer that does not know such a question
     * @param name what people read ({@code PATCHBAY_OIDC_NAME})
     */
    public record OidcSettings(
            @DefaultValue("") String issuer,
            @DefaultValue("") String clientId,
            @DefaultValue("") String clientSecret,
            @DefaultValue("") String hostedDomain,
            @DefaultValue("select_account") String prompt,
            @DefaultValue("Google") String name) {

        @Override
        public String toString() {
            return "Oidc[" + issuer + ", " + clientId + "]";
        }
    }

    /**
     * What is set under {@code patchbay.sessions}.
     *
     * @param idle how long a session lasts unused ({@code PATCHBAY_SESSIONS_IDLE})
     * @param absolute how long it lasts at most ({@code PATCHBAY_SESSIONS_ABSOLUTE})
     */
    public record SessionSettings(
            @DefaultValue("8h") Duration idle,
            @DefaultValue("7d") Duration absolute) {}

    /** The issuer to ask; empty when none is named. */
    public Optional<OidcSettings> issuer() {
        if (!oidc.issuer().isEmpty()) {
            return Optional.of(oidc);
        }
        return environment == Environment.DEV
                ? Optional.of(new OidcSettings(
                        sandboxUrl + "/google",
                        SANDBOX_CLIENT,
                        SANDBOX_SECRET,
                        "",
                        "select_account",
                        "Google (sandbox)"))
                : Optional.empty();
    }

    /** Where the issuer sends people back to. */
    public URI callback() {
        return URI.create(publicUrl + "/sign-in/callback");
    }
}
