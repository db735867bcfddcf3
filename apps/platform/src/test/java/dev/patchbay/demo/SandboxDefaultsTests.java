package dev.patchbay.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The sandbox stands in for every server that is not configured, and for no configured one. */
class SandboxDefaultsTests {

    private static Map<String, Object> defaults(Map<String, Object> configured) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", configured));
        var sandbox = new SandboxDefaults();
        sandbox.setEnvironment(environment);
        return sandbox.defaults();
    }

    @Test
    void theSandboxIsUsedWhereNothingIsConfigured() {
        assertThat(defaults(Map.of("patchbay.sandbox-url", "http://127.0.0.1:1", "patchbay.sandbox-mail-port", "4025")))
                .containsEntry("patchbay.oidc.issuer", "http://127.0.0.1:1/google")
                .containsEntry("patchbay.oauth.google.base-url", "http://127.0.0.1:1/google")
                .containsEntry("patchbay.oauth.highlevel.client-id", "highlevel-demo")
                .containsEntry("patchbay.mail.host", "127.0.0.1")
                .containsEntry("patchbay.mail.port", "4025")
                .containsEntry("patchbay.mail.start-tls", "false");
    }

    @Test
    void configuredServersAreKept() {
        assertThat(defaults(Map.of(
                        "patchbay.oidc.issuer", "https://issuer.example",
                        "patchbay.oauth.google.client-id", "ours",
                        "patchbay.oauth.google.client-secret", "our-secret",
                        "patchbay.oauth.highlevel.client-id", "ours",
                        "patchbay.mail.host", "mail.example.com")))
                .containsEntry("patchbay.oauth.highlevel.client-id", "highlevel-demo")
                .doesNotContainKeys("patchbay.oidc.issuer", "patchbay.oidc.client-secret", "patchbay.mail.host")
                .doesNotContainKeys("patchbay.oauth.google.client-id", "patchbay.oauth.google.base-url");
    }
}
