package dev.patchbay.connections.internal;

import dev.patchbay.connections.OAuthConnect;
import dev.patchbay.kernel.Environment;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The apps by which this installation is known to providers that speak OAuth. */
@ConfigurationProperties("patchbay")
record OAuthSettings(
        @DefaultValue("prod") Environment environment,
        @DefaultValue("http://127.0.0.1:4010") URI sandboxUrl,
        @DefaultValue OAuth oauth) {

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

    /** The app at the provider; in dev the sandbox's unless another is named. */
    Optional<App> app(String provider) {
        App named = Map.of("google", oauth.google(), "highlevel", oauth.highlevel())
                .getOrDefault(provider, new App("", "", Optional.empty()));
        if (!named.clientId().isEmpty() && !named.clientSecret().isEmpty()) {
            return Optional.of(named);
        }
        return environment == Environment.DEV
                ? Optional.of(new App(
                        provider + OAuthConnect.SANDBOX_APP,
                        OAuthConnect.SANDBOX_SECRET,
                        Optional.of(URI.create(sandboxUrl + "/" + provider))))
                : Optional.empty();
    }
}
