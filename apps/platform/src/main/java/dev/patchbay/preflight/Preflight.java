package dev.patchbay.preflight;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Checks the settings before any other bean is created, so that an unsafe prod neither opens its database nor answers a
 * request. All problems are reported at once.
 */
@Component
final class Preflight implements BeanFactoryPostProcessor, EnvironmentAware {

    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    /** A development start leaves these files in its data directory. */
    private static final List<String> DEVELOPMENT_FILES = List.of("dev.json", "dev-secret", "kek.json");

    private Binder settings = new Binder();

    /** Takes the environment by a setter, because a bean this early has no constructor arguments. */
    @Override
    public void setEnvironment(Environment environment) {
        settings = Binder.get(environment);
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        List<String> problems = findProblems();
        if (problems.isEmpty()) {
            return;
        }
        if (!isEnvironment("prod")) {
            problems.forEach(problem -> LOG.warn("prod would not start: {}", problem));
            return;
        }
        throw new UnsafeProdConfiguration(problems);
    }

    private boolean isEnvironment(String name) {
        return name.equalsIgnoreCase(text("environment", "prod"));
    }

    /** Returns the problems, one sentence each; none in dev. */
    List<String> findProblems() {
        var problems = new ArrayList<String>();
        if (!isEnvironment("dev")) {
            checkKey(problems);
            checkOutgoing(problems);
            checkIssuer(problems);
            checkMetrics(problems);
            checkDatabase(problems);
            checkPublicUrl(problems);
            checkOAuthApp(problems, "google");
            checkOAuthApp(problems, "highlevel");
            checkMail(problems);
            checkSessions(problems);
        }
        return problems;
    }

    private void checkKey(List<String> problems) {
        Path data = Path.of(text("data-dir", ".patchbay")).toAbsolutePath().normalize();
        String named = text("kek-file", "");
        if (named.isEmpty()) {
            problems.add("Name the key-encryption key in PATCHBAY_KEK_FILE: in prod none is generated.");
        } else if (Path.of(named).toAbsolutePath().normalize().startsWith(data)) {
            problems.add(
                    "Move the file that PATCHBAY_KEK_FILE names out of PATCHBAY_DATA_DIR: the key must not be stored, or"
                            + " backed up, beside the data it encrypts.");
        }
        if (isOpenToOthers(Path.of(named))) {
            problems.add(
                    "Take the rights of others from the file that PATCHBAY_KEK_FILE names (chmod 600): whoever reads"
                            + " it can open every secret.");
        }
        List<String> left = DEVELOPMENT_FILES.stream()
                .filter(name -> Files.exists(data.resolve(name)))
                .toList();
        if (!left.isEmpty()) {
            problems.add(
                    "Name an empty directory in PATCHBAY_DATA_DIR: this one was used in development and still holds its"
                            + " secrets (" + String.join(", ", left) + ").");
        }
    }

    /** Says whether accounts other than the platform's own and its group have any right to the file. */
    private static boolean isOpenToOthers(Path file) {
        try {
            return Files.isRegularFile(file)
                    && Files.getPosixFilePermissions(file).stream()
                            .anyMatch(right -> right.name().startsWith("OTHERS_"));
        } catch (IOException | UnsupportedOperationException noSuchRights) {
            return false;
        }
    }

    private void checkOutgoing(List<String> problems) {
        if (isOn("http.allow-private-addresses")) {
            problems.add("Turn PATCHBAY_HTTP_ALLOWPRIVATEADDRESSES off: otherwise any agency reaches the servers beside"
                    + " this one.");
        }
        if (isOn("connections.any-base-url")) {
            problems.add("Turn patchbay.connections.any-base-url off: otherwise a connection sends an agency's"
                    + " credentials to any address that somebody enters.");
        }
    }

    private void checkIssuer(List<String> problems) {
        if (text("oidc.issuer", "").toLowerCase(Locale.ROOT).startsWith("http:")) {
            problems.add(
                    "Give PATCHBAY_OIDC_ISSUER as an https:// address: whoever is on the way of an http one can sign"
                            + " in as anybody.");
        }
    }

    private void checkMetrics(List<String> problems) {
        if (text("management-port", "9090").equals("0")) {
            problems.add(
                    "Give PATCHBAY_MANAGEMENT_PORT another value than 0: metrics name agencies and must not be on the"
                            + " port that the internet reaches.");
        }
    }

    private boolean isOn(String name) {
        return Boolean.parseBoolean(text(name, "false"));
    }

    private void checkDatabase(List<String> problems) {
        if (text("db.url", "").isEmpty() && !isOn("db.embedded")) {
            problems.add("Name your PostgreSQL in PATCHBAY_DB_URL: the embedded one has no backups and no standby"
                    + " (PATCHBAY_DB_EMBEDDED=true to use it anyway).");
        }
    }

    private void checkPublicUrl(List<String> problems) {
        if (!"https".equals(URI.create(text("public-url", "http://127.0.0.1")).getScheme())) {
            problems.add(
                    "Give PATCHBAY_PUBLIC_URL as the https:// address that vendors and browsers use: tokens and cookies"
                            + " must not be sent unencrypted.");
        }
    }

    private void checkOAuthApp(List<String> problems, String provider) {
        boolean id = !text("oauth." + provider + ".client-id", "").isEmpty();
        boolean secret = !text("oauth." + provider + ".client-secret", "").isEmpty();
        if (id != secret) {
            String app = "PATCHBAY_OAUTH_" + provider.toUpperCase(Locale.ROOT) + "_CLIENT_";
            problems.add("Set " + app + (id ? "SECRET" : "ID") + " beside " + app + (id ? "ID" : "SECRET")
                    + ": both are needed to connect an account.");
        }
    }

    private void checkMail(List<String> problems) {
        boolean leaves = !text("mail.host", "").isEmpty();
        boolean encrypted = Boolean.parseBoolean(text("mail.start-tls", "true"))
                // On port 465 TLS begins with the connection.
                || text("mail.port", "").equals("465");
        if (leaves && !encrypted) {
            problems.add(
                    "Leave PATCHBAY_MAIL_START_TLS on, or use port 465 (PATCHBAY_MAIL_PORT): mails carry links that"
                            + " let people in, and the password of PATCHBAY_MAIL_USER.");
        }
    }

    private void checkSessions(List<String> problems) {
        Duration idle = duration("sessions.idle", Duration.ofHours(8));
        Duration absolute = duration("sessions.absolute", Duration.ofDays(7));
        if (idle.compareTo(Duration.ofMinutes(1)) < 0 || absolute.compareTo(idle) < 0) {
            problems.add(
                    "Give PATCHBAY_SESSIONS_IDLE as a minute or more (8h), and PATCHBAY_SESSIONS_ABSOLUTE as no less:"
                            + " otherwise no session lasts.");
        }
    }

    private Duration duration(String name, Duration unset) {
        return settings.bind("patchbay." + name, Duration.class).orElse(unset);
    }

    private String text(String name, String unset) {
        return settings.bind("patchbay." + name, String.class).orElse(unset);
    }
}
