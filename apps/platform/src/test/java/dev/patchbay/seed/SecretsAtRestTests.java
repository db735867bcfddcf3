package dev.patchbay.seed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a dump of the database would show: everything that rests in it, read as a superuser, after a call went all the way. */
@PatchbayTest
class SecretsAtRestTests {

    @Test
    void noSecretRestsInTheDatabaseInTheClear() throws SQLException {
        PhoneCalls.ended(PhoneCalls.place(PhoneCalls.newCaller()));
        List<String> secrets = secrets();
        var found = new ArrayList<String>();
        int rows = 0;
        try (var connection = DriverManager.getConnection(
                        World.POSTGRES.jdbcUrl("patchbay"), World.POSTGRES.superuser(), World.POSTGRES.password());
                var statement = connection.createStatement()) {
            for (String table : tables(connection)) {
                try (var all = statement.executeQuery("SELECT t::text FROM patchbay." + table + " t")) {
                    while (all.next()) {
                        rows++;
                        String row = all.getString(1);
                        secrets.stream()
                                .filter(secret -> row.contains(secret) || row.contains(hex(secret)))
                                .forEach(secret -> found.add(table));
                    }
                }
            }
        }

        assertThat(secrets).hasSizeGreaterThan(12);
        assertThat(rows).isGreaterThan(100);
        assertThat(found).isEmpty();
    }

    private static List<String> tables(java.sql.Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var names = statement.executeQuery("""
                        SELECT relname FROM pg_class
                        WHERE relnamespace = 'patchbay'::regnamespace AND relkind = 'r'""")) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        return tables;
    }

    private static String hex(String secret) {
        return HexFormat.of().formatHex(Json.utf8(secret));
    }

    /** The development token, what vendors sign with, and the providers' keys and refresh tokens as the sandbox knows them. */
    private static List<String> secrets() {
        var secrets = new ArrayList<String>();
        secrets.add(World.dev().path("token").asString());
        World.dev()
                .path("connections")
                .forEach(one -> secrets.add(one.path("secret").asString()));
        collect(
                new SandboxAccounts(
                                new SeedSettings(
                                        dev.patchbay.kernel.Environment.DEV,
                                        java.net.URI.create("http://127.0.0.1"),
                                        World.DATA,
                                        World.SANDBOX.address(),
                                        0,
                                        0,
                                        100),
                                DevSecrets.in(World.DATA))
                        .asSandboxKnowsThem(),
                secrets);
        granted(secrets);
        return secrets;
    }

    /** What the owners of the demo's accounts consented to, as the sandbox's books hold it: codes and tokens. */
    private static void granted(List<String> secrets) {
        try {
            for (String provider : List.of("google", "highlevel")) {
                for (String line :
                        Files.readAllLines(World.DATA.resolve("sandbox").resolve(provider + ".journal"))) {
                    JsonNode entry = Json.read(line);
                    String key = entry.path("key").asString("");
                    if (entry.path("shelf").asString("").matches(".*_(CODES|GRANTS|TOKENS)") && key.length() >= 40) {
                        secrets.add(key);
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void collect(JsonNode node, List<String> secrets) {
        for (String name : new String[] {"apiKey", "authToken", "clientSecret", "refreshToken"}) {
            node.findValues(name).forEach(value -> secrets.add(value.asString()));
        }
    }
}
