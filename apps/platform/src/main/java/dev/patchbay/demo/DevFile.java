package dev.patchbay.demo;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.DatabaseOwner;
import dev.patchbay.kernel.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code dev.json}: where everything is, for scripts and tests. Readable by its owner only, replaced whole. */
final class DevFile {

    private DevFile() {}

    static JsonNode of(
            DemoSettings settings,
            DemoConnections accounts,
            TenantId tenant,
            String token,
            DatabaseOwner databaseOwner,
            DatabaseSettings database) {
        var file = Json.object()
                .put("environment", "dev")
                .put("platform", settings.publicUrl().toString())
                .put("sandbox", settings.sandboxUrl().toString())
                .put("token", token)
                .put("tenantId", tenant.value());
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
        DemoPerson.ALL.forEach(person -> people.addObject()
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
        connections(file.putObject("connections"), accounts);
        return file;
    }

    private static void connections(ObjectNode connections, DemoConnections accounts) {
        connections
                .putObject("retell")
                .put("ingressUrl", accounts.ingressUrl())
                .put("inboundUrl", accounts.inboundUrl())
                .put("functionsUrl", accounts.functionsUrl())
                .put("secret", accounts.retellKey());
        connections
                .putObject("twilio")
                .put("accountSid", accounts.twilioSid())
                .put("ingressUrl", accounts.twilioUrl())
                .put("secret", accounts.twilioToken());
        connections.putObject("stripe").put("ingressUrl", accounts.stripeUrl()).put("secret", accounts.stripeSecret());
        connections
                .putObject("highlevel")
                .put("ingressUrl", accounts.highLevelIngressUrl())
                .put("secret", accounts.highLevelPrivateKey());
    }

    /** Of the embedded server; 0 when the operator runs one. */
    private static long postgresPid(DatabaseSettings database) {
        try (var lines = Files.lines(database.directory().resolve("data/postmaster.pid"))) {
            return lines.findFirst().map(Long::parseLong).orElse(0L);
        } catch (IOException notOurs) {
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
