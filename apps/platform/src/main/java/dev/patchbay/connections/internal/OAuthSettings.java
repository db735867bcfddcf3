package dev.patchbay.connections.internal;

import dev.patchbay.connections.OAuthConnect;
import dev.patchbay.kernel.Environment;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The installation's app at each OAuth provider. */
@ConfigurationProperties("patchbay")
record OAuthSettings(
        @DefaultValue("prod") Environment environment,
        @DefaultValue("http://127.0.0.1:4010") URI sandboxUrl,
        @DefaultValue OAuth oauth) {

    /** Settings under {@code patchbay.oauth}. */
    record OAuth(@DefaultValue App google, @DefaultValue App highlevel) {}

    /**
     * @param baseUrl of the provider's API; empty for the provider's own
     */
    record App(
            @DefaultValue("") String clientId,
            @DefaultValue("") String clientSecret,
            Optional<URI> baseUrl) {

        @Override
        public String toString() {
            return "App[" + clientId + "]";
        }
    }

    /** The configured app at the provider; in dev the sandbox's when none is configured. */
    Optional<App> findApp(String provider) {
        App configured = Map.of("google", oauth.google(), "highlevel", oauth.highlevel())
                .getOrDefault(provider, new App("", "", Optional.empty()));
        if (!configured.clientId().isEmpty() && !configured.clientSecret().isEmpty()) {
            return Optional.of(configured);
        }
        return environment == Environment.DEV
                ? Optional.of(new App(
                        provider + OAuthConnect.SANDBOX_APP,
                        OAuthConnect.SANDBOX_SECRET,
                        Optional.of(URI.create(sandboxUrl + "/" + provider))))
                : Optional.empty();
    }
}
