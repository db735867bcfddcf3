package dev.patchbay.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Settings;
import dev.patchbay.testing.PatchbayTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

@PatchbayTest
class PreflightTests {

    private final MockEnvironment settings = new MockEnvironment();

    @TempDir
    private Path data;

    @Autowired
    private Clients clients;

    @BeforeEach
    void asAnOperatorShould() {
        settings.setProperty("patchbay.environment", "prod");
        settings.setProperty("patchbay.data-dir", data.toString());
        settings.setProperty("patchbay.kek-file", "/etc/patchbay/kek.json");
        settings.setProperty("patchbay.db.url", "jdbc:postgresql://db.example/patchbay");
        settings.setProperty("patchbay.public-url", "https://patchbay.example");
    }

    @Test
    void requiresClientIdAndSecretTogether() {
        settings.setProperty("patchbay.oauth.google.client-id", "id");
        settings.setProperty("patchbay.oauth.highlevel.client-secret", "secret");
        assertThat(preflight().findProblems())
                .containsExactly(
                        "Set PATCHBAY_OAUTH_GOOGLE_CLIENT_SECRET beside PATCHBAY_OAUTH_GOOGLE_CLIENT_ID: both are needed to connect an account.",
                        "Set PATCHBAY_OAUTH_HIGHLEVEL_CLIENT_ID beside PATCHBAY_OAUTH_HIGHLEVEL_CLIENT_SECRET: both are needed to connect an account.");
        settings.setProperty("patchbay.oauth.google.client-secret", "secret");
        settings.setProperty("patchbay.oauth.highlevel.client-id", "id");
        assertThat(preflight().findProblems()).isEmpty();
    }

    private Preflight preflight() {
        return preflight(settings);
    }

    private static Preflight preflight(MockEnvironment settings) {
        var preflight = new Preflight();
        preflight.setEnvironment(settings);
        return preflight;
    }

    @Test
    void acceptsACompleteConfiguration() {
        assertThatCode(() -> preflight().postProcessBeanFactory(new DefaultListableBeanFactory()))
                .doesNotThrowAnyException();
    }

    @Test
    void requiresAKeyFile() {
        settings.setProperty("patchbay.kek-file", "");
        assertThat(preflight().findProblems()).singleElement().asString().startsWith("Name the key-encryption key");
    }

    @Test
    void refusesAKeyThatOthersRead() throws IOException {
        Path key = Files.writeString(Files.createTempFile("kek", ".json"), "{}");
        settings.setProperty("patchbay.kek-file", key.toString());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(preflight().findProblems()).singleElement().asString().startsWith("Take the rights of others");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(preflight().findProblems()).isEmpty();
    }

    @Test
    void refusesAddressesOfTheInside() {
        settings.setProperty("patchbay.http.allow-private-addresses", "true");
        settings.setProperty("patchbay.connections.any-base-url", "true");
        assertThat(preflight().findProblems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).startsWith("Turn "));
    }

    @Test
    void refusesAnIssuerWithoutTls() {
        settings.setProperty("patchbay.oidc.issuer", "HTTP://issuer.example");
        assertThat(preflight().findProblems()).singleElement().asString().startsWith("Give PATCHBAY_OIDC_ISSUER");
        settings.setProperty("patchbay.oidc.issuer", "https://issuer.example");
        assertThat(preflight().findProblems()).isEmpty();
    }

    @Test
    void refusesMetricsOnThePublicPort() {
        settings.setProperty("patchbay.management-port", "0");
        assertThat(preflight().findProblems()).singleElement().asString().startsWith("Give PATCHBAY_MANAGEMENT_PORT");
    }

    @Test
    void warnsInStagingAndStarts() {
        settings.setProperty("patchbay.environment", "staging");
        settings.setProperty("patchbay.kek-file", "");
        assertThat(preflight().findProblems()).hasSize(1);
        assertThatCode(() -> preflight().postProcessBeanFactory(new DefaultListableBeanFactory()))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAKeyInTheDataDirectory() {
        settings.setProperty("patchbay.kek-file", data.resolve("keys/../kek").toString());
        assertThat(preflight().findProblems()).singleElement().asString().startsWith("Move the file");
    }

    @Test
    void refusesADataDirectoryOfDevelopment() throws IOException {
        Files.writeString(data.resolve("dev-secret"), "x");
        Files.writeString(data.resolve("kek.json"), "{}");
        assertThat(preflight().findProblems()).singleElement().asString().contains("(dev-secret, kek.json)");
    }

    @Test
    void requiresAnExplicitChoiceOfTheEmbeddedDatabase() {
        settings.setProperty("patchbay.db.url", "");
        assertThat(preflight().findProblems()).singleElement().asString().startsWith("Name your PostgreSQL");
        settings.setProperty("patchbay.db.embedded", "true");
        assertThat(preflight().findProblems()).isEmpty();
    }

    @Test
    void refusesAPublicUrlWithoutTls() {
        settings.setProperty("patchbay.public-url", "http://patchbay.example");
        assertThat(preflight().findProblems()).singleElement().asString().startsWith("Give PATCHBAY_PUBLIC_URL");
    }

    @Test
    void refusesMailWithoutTls() {
        settings.setProperty("patchbay.mail.start-tls", "false");
        assertThat(preflight().findProblems()).isEmpty();
        settings.setProperty("patchbay.mail.host", "mail.example");
        assertThat(preflight().findProblems())
                .singleElement()
                .asString()
                .startsWith("Leave PATCHBAY_MAIL_START_TLS on");
        settings.setProperty("patchbay.mail.port", "465");
        assertThat(preflight().findProblems()).isEmpty();
        settings.setProperty("patchbay.mail.port", "587");
        settings.setProperty("patchbay.mail.start-tls", "true");
        assertThat(preflight().findProblems()).isEmpty();
    }

    @Test
    void refusesUnusableSessionDurations() {
        settings.setProperty("patchbay.sessions.idle", "59s");
        assertThat(preflight().findProblems()).singleElement().asString().startsWith("Give PATCHBAY_SESSIONS_IDLE");
        settings.setProperty("patchbay.sessions.idle", "2h");
        settings.setProperty("patchbay.sessions.absolute", "1h");
        assertThat(preflight().findProblems()).singleElement().asString().startsWith("Give PATCHBAY_SESSIONS_IDLE");
        settings.setProperty("patchbay.sessions.absolute", "2h");
        assertThat(preflight().findProblems()).isEmpty();
    }

    @Test
    void reportsAllProblemsAndDefaultsToProd() {
        var nothingSet = new MockEnvironment().withProperty("patchbay.data-dir", data.toString());
        assertThatThrownBy(() -> preflight(nothingSet).postProcessBeanFactory(new DefaultListableBeanFactory()))
                .isInstanceOf(UnsafeProdConfiguration.class)
                .hasMessageContaining("\n- Name the key-encryption key")
                .hasMessageContaining("\n- Name your PostgreSQL")
                .hasMessageContaining("\n- Give PATCHBAY_PUBLIC_URL");
    }

    @Test
    void checksNothingInDevelopment() {
        assertThat(preflight(new MockEnvironment().withProperty("patchbay.environment", "dev"))
                        .findProblems())
                .isEmpty();
    }

    @Test
    void refusesProdOnADatabaseWithTheDemoTenant() {
        assertThatThrownBy(() -> demo(Environment.PROD)).hasMessageContaining("holds the demo tenant");
        assertThatCode(() -> demo(Environment.DEV)).doesNotThrowAnyException();
    }

    private void demo(Environment environment) {
        var here = new Settings(environment, URI.create("https://patchbay.example"), data, Set.of("api"));
        new DemoTenantCheck(here, clients).afterSingletonsInstantiated();
    }
}
