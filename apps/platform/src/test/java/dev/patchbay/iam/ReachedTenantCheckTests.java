package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests of {@link CrossTenantAttackTests} mostly fail validation before the tenant is checked. These have real values: a
 * stranger sends each first, and changes nothing; then the owner sends the same one and succeeds, which shows that only the tenant
 * check stood in the way.
 */
@PatchbayTest
class ReachedTenantCheckTests extends TenantFixture {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    /** One generated request. */
    private record Attempt(String method, String path, String body, String contentType) {

        boolean names(Map<String, String> ids) {
            return ids.values().stream().anyMatch(path::contains);
        }
    }

    private final Map<String, String> idsByFolder = new java.util.TreeMap<>(Comparator.reverseOrder());
    private String stranger = "";
    private UserId user = new UserId("usr_unset");

    @BeforeEach
    void createOwnersThings() {
        user = people.createUser(tenant, "Ada");
        people.assign(tenant, user, "client-viewer", Optional.of(north));
        people.assign(tenant, people.createUser(tenant, "Root"), "tenant-admin", Optional.empty());
        idsByFolder.put("/api/v1/clients/", north.value());
        idsByFolder.put("/api/v1/users/", user.value());
        idsByFolder.put("/api/v1/iam/groups/", idOf(call("POST", "/iam/groups", object().put("name", "Desk"))));
        var role = object().put("name", "Reader");
        role.withArray("permissions").add("read:runs");
        idsByFolder.put("/api/v1/iam/roles/", idOf(call("POST", "/iam/roles", role)));
        var token = object().put("name", "spare");
        token.withArray("permissions").add("read:runs");
        idsByFolder.put(
                "/api/v1/iam/tokens/",
                call("POST", "/iam/tokens", token).body().at("/details/id").asString());
        var assignment = object().put("subject", user.value())
                .put("role", "client-operator")
                .put("clientId", north.value());
        idsByFolder.put("/api/v1/iam/assignments/", idOf(call("POST", "/iam/assignments", assignment)));
        var connection = object().put("provider", "openrouter").put("name", "Open");
        connection.put("baseUrl", TestEnvironment.SANDBOX.address() + "/openrouter");
        connection.withObject("secrets").put("api_key", "key");
        idsByFolder.put("/api/v1/connections/", idOf(call("POST", "/connections", connection)));
        stranger = people.issueToken(people.createTenant(), Optional.empty(), "*:*");
    }

    private static String idOf(TestEnvironment.Reply reply) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        return reply.body().path("id").asString();
    }

    private List<Attempt> attempts() {
        JsonNode document = TestEnvironment.get("/v3/api-docs").body();
        var all = new ArrayList<Attempt>();
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> fill(path.getKey(), operation.getKey(), operation.getValue(), document)
                                .ifPresent(all::add)));
        // Requests that end something come last, so that the owner still finds it.
        all.sort(Comparator.comparing(
                one -> one.method().equals("DELETE") || one.path().endsWith("/suspend")));
        return all;
    }

    private Optional<Attempt> fill(String path, String method, JsonNode operation, JsonNode document) {
        String filled = path;
        for (var folder : idsByFolder.entrySet()) {
            if (path.startsWith(folder.getKey() + "{")) {
                filled = folder.getKey() + folder.getValue() + path.substring(path.indexOf('}') + 1);
                break;
            }
        }
        filled = filled.replace("{clientId}", north.value()).replace("{userId}", user.value());
        JsonNode content = operation.at("/requestBody/content");
        boolean isJson = content.isMissingNode() || content.has("application/json");
        if (VARIABLE.matcher(filled).find() || !isJson || !path.startsWith("/api/v1/")) {
            return Optional.empty();
        }
        JsonNode schema = content.at("/application~1json/schema");
        String body = schema.isMissingNode() ? "" : Json.write(value("", schema, document, 0));
        return Optional.of(new Attempt(method.toUpperCase(Locale.ROOT), filled, body, "application/json"));
    }

    /** A value that this member takes, by its name first. */
    private JsonNode value(String name, JsonNode schema, JsonNode document, int depth) {
        JsonNode real = realValues().path(name);
        if (!real.isMissingNode()) {
            return real;
        }
        if (schema.has("oneOf")) {
            return value(name, schema.path("oneOf").path(0), document, depth);
        }
        if (schema.has("$ref")) {
            String reference = schema.path("$ref").asString();
            String type = reference.substring(reference.lastIndexOf('/') + 1);
            return value(name, document.at("/components/schemas").path(type), document, depth);
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        if (schema.has("properties") && depth < 4) {
            ObjectNode object = Json.object();
            schema.path("properties").propertyStream().forEach(member -> {
                JsonNode filled = value(member.getKey(), member.getValue(), document, depth + 1);
                if (!filled.isNull()) {
                    object.set(member.getKey(), filled);
                }
            });
            return object;
        }
        String type = schema.path("type").isArray()
                ? schema.path("type").path(0).asString()
                : schema.path("type").asString("");
        return switch (type) {
            case "array" -> Json.MAPPER.createArrayNode().add(value(name, schema.path("items"), document, depth + 1));
            case "integer", "number" -> Json.MAPPER.getNodeFactory().numberNode(1);
            case "boolean" -> Json.MAPPER.getNodeFactory().booleanNode(true);
            case "object" -> Json.object();
            default -> Json.MAPPER.nullNode();
        };
    }

    private ObjectNode realValues() {
        var real = Json.object()
                .put("name", "Name " + Math.floorMod(System.nanoTime(), 1_000_000_007L))
                .put("timeZone", "UTC")
                .put("locale", "en-GB")
                .put("clientId", north.value())
                .put("client", north.value())
                .put("subject", user.value())
                .put("userId", user.value())
                .put("role", "billing-admin")
                .put("email", "someone" + Math.floorMod(System.nanoTime(), 1_000_000_007L) + "@example.com")
                .put("reason", "a test")
                .put("description", "a test")
                .put("provider", "openrouter")
                .put("baseUrl", TestEnvironment.SANDBOX.address() + "/openrouter")
                .put("connectionId", idsByFolder.get("/api/v1/connections/"))
                .put("kind", "agent")
                .put("externalId", "agent_" + user.value())
                .put("phone", "+13125550142")
                .put("action", "read")
                .put("api_key", "key");
        real.set("permissions", Json.MAPPER.createArrayNode().add("read:runs"));
        real.set("settings", Json.object());
        real.set("secrets", Json.object().put("api_key", "key"));
        // A member that is better left out: another excludes it, or it needs what this tenant does not have.
        for (String absent :
                List.of("resource", "contactId", "expiresAt", "from", "to", "ids", "status", "type", "answers")) {
            real.putNull(absent);
        }
        return real;
    }

    private static int send(String token, Attempt attempt) {
        return TestEnvironment.send(
                        TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + attempt.path()))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", attempt.contentType())
                                .method(
                                        attempt.method(),
                                        attempt.body().isEmpty()
                                                ? HttpRequest.BodyPublishers.noBody()
                                                : HttpRequest.BodyPublishers.ofString(attempt.body())))
                .status();
    }

    @Test
    void aStrangerIsRefusedByTheTenantCheckAlone() {
        var attempts = attempts();
        var before = CrossTenantAttack.digestRows("tenant_id = '" + tenant + "'");
        var passed = new ArrayList<String>();
        for (Attempt attempt : attempts) {
            int status = send(stranger, attempt);
            if (status >= 500 || (status < 300 && attempt.names(idsByFolder))) {
                passed.add(status + " " + attempt);
            }
        }
        assertThat(passed).isEmpty();
        assertThat(CrossTenantAttack.digestRows("tenant_id = '" + tenant + "'")).isEqualTo(before);

        var reached = new ArrayList<String>();
        var unreached = new ArrayList<String>();
        for (Attempt attempt : attempts) {
            int status = send(admin, attempt);
            (status < 300 ? reached : unreached).add(status + " " + attempt);
        }
        assertThat(reached.stream().filter(one -> !one.contains(" Attempt[method=GET")))
                .as(String.join("\n", unreached))
                .hasSizeGreaterThanOrEqualTo(20);
        assertThat(reached).as(String.join("\n", unreached)).hasSizeGreaterThanOrEqualTo(40);
    }
}
