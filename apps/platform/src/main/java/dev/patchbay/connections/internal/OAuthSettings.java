package dev.patchbay.connections.internal;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The installation's app at each OAuth provider. */
@ConfigurationProperties("patchbay")
record OAuthSettings(@DefaultValue OAuth oauth) {

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

    /** The app at the provider; empty unless its id and its secret are set. */
    Optional<App> findApp(String provider) {
        return Optional.ofNullable(Map.of("google", oauth.google(), "highlevel", oauth.highlevel())
                        .get(provider))
                .filter(app -> !app.clientId().isEmpty() && !app.clientSecret().isEmpty());
    }
}
