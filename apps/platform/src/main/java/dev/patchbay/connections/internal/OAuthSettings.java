package dev.patchbay.connections.internal;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The apps by which this installation is known to providers that speak OAuth. */
@ConfigurationProperties("patchbay")
record OAuthSettings(@DefaultValue OAuth oauth) {

    /** What is set under {@code patchbay.oauth}. */
    record OAuth(@DefaultValue App google, @DefaultValue App highlevel) {}

    /**
     * @param baseUrl unless the provider is where it says it is
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
    Optional<App> app(String provider) {
        return Optional.ofNullable(Map.of("google", oauth.google(), "highlevel", oauth.highlevel())
                        .get(provider))
                .filter(app -> !app.clientId().isEmpty() && !app.clientSecret().isEmpty());
    }
}
