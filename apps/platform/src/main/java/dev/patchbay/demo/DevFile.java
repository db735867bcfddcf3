package dev.patchbay.demo;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.database.DatabaseOwner;
import dev.patchbay.kernel.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code dev.json}: addresses and credentials of the demo, for scripts and tests. Readable by its owner only, replaced atomically. */
final class DevFile {

    private DevFile() {}

    static JsonNode of(
            DemoSettings settings,
            DemoCredentials credentials,
            String token,
            DatabaseOwner databaseOwner,
            DatabaseSettings database) {
        var file = Json.object()
                .put("environment", "dev")
                .put("platform", settings.publicUrl().toString())
                .put("sandbox", settings.sandboxUrl().toString())
                .put("token", token)
                .put("tenantId", DemoTenant.ID.value());
        file.putObject("pids")
                .put("platform", ProcessHandle.current().pid())
                .put("sandbox", settings.sandboxPid())
                .put("postgres", postgresPid(database));
        file.putObject("database")
                .put("url", databaseOwner.url())
                .put("user", databaseOwner.user())
                .put("password", databaseOwner.password());
        file.putObject("mail")
                .put("smtpPort", settings.sandboxMailPort())
                .put("mailbox", settings.sandboxUrl() + "/_sandbox/mailbox");
        var people = file.putArray("people");
        DemoUser.ALL.forEach(person -> people.addObject()
                .put("email", person.email())
                .put("name", person.name())
                .put("role", person.role())
                .put("clientId", person.clientId()));
        var clients = file.putArray("clients");
        for (DemoClient client : DemoClient.ALL) {
            clients.addObject()
                    .put("id", client.id().value())
                    .put("name", client.name())
                    .put("zone", client.zone().getId())
                    .put("locale", client.locale().toLanguageTag())
                    .put("agentId", client.agentId())
                    .put("phone", client.phone())
                    .put("locationId", client.locationId())
                    .put("calendarId", client.calendarId())
                    .put("customerId", client.customerId());
        }
        connections(file.putObject("connections"), credentials);
        return file;
    }

    private static void connections(ObjectNode connections, DemoCredentials credentials) {
        connections
                .putObject("retell")
                .put("ingressUrl", credentials.retellUrl())
                .put("inboundUrl", credentials.inboundUrl())
                .put("functionsUrl", credentials.functionsUrl())
                .put("secret", credentials.retellKey());
        connections
                .putObject("twilio")
                .put("accountSid", credentials.twilioSid())
                .put("ingressUrl", credentials.twilioUrl())
                .put("secret", credentials.twilioToken());
        connections
                .putObject("stripe")
                .put("ingressUrl", credentials.stripeUrl())
                .put("secret", credentials.stripeSecret());
        connections
                .putObject("highlevel")
                .put("ingressUrl", credentials.highLevelUrl())
                .put("secret", credentials.highLevelPrivateKey());
    }

    /** The embedded server's; 0 for a server of the operator. */
    private static long postgresPid(DatabaseSettings database) {
        try (var lines = Files.lines(database.directory().resolve("data/postmaster.pid"))) {
            return lines.findFirst().map(Long::parseLong).orElse(0L);
        } catch (IOException notEmbedded) {
            return 0;
        }
    }

    static void write(Path directory, JsonNode content) throws IOException {
        Path aside = Files.createTempFile(
                directory, "dev", ".json", PosixFilePermissions.asFileAttribute(DevSecrets.OWNER_ONLY));
        Files.writeString(aside, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
        Files.move(aside, directory.resolve("dev.json"), StandardCopyOption.ATOMIC_MOVE);
    }
}
