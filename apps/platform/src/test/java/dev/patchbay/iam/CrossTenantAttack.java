package dev.patchbay.iam;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Secret;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls every operation of {@code /v3/api-docs} with foreign ids in path, query and body. */
final class CrossTenantAttack {

    private static final Pattern ID = Pattern.compile(
            "(?<![a-z_])(?:tnt|cli|run|evt|flw|con|usr|grp|rol|asg|tok|aud|ses|loc|agent|call|cus)_[0-9a-z_]{4,}");
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    /** Tables that change without a request: sealing, notices, mails, turns, polls, versions, leases, health, the use of a token. */
    private static final Set<String> VOLATILE_TABLES = Set.of(
            "audit_entry",
            "audit_chain",
            "policy_version",
            "notice",
            "notice_delivery",
            "notice_digest",
            "mail",
            "mail_turn",
            "event_turn",
            "idempotency_key",
            "event_dispatch",
            "rate_bucket",
            "poll_cursor",
            "poll_fact",
            "call_mark");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> headers;
    private final Set<String> foreignIds;
    private final List<String> leaks = new ArrayList<>();
    private int responses;

    private CrossTenantAttack(Map<String, String> shown, Set<String> stolen) {
        this.headers = shown;
        this.foreignIds = stolen;
    }

    /** By the holder of a service token. */
    static CrossTenantAttack withToken(String token, Set<String> stolen) {
        return new CrossTenantAttack(Map.of("Authorization", "Bearer " + token), stolen);
    }

    /** By a signed-in user, from a page of the platform. */
    static CrossTenantAttack withSession(String secret, Set<String> stolen) {
        return new CrossTenantAttack(
                Map.of(
                        "Cookie", Browser.SESSION + "=" + secret,
                        "X-CSRF-Token", Secret.derive(secret, "csrf"),
                        "Origin", "http://127.0.0.1:" + TestEnvironment.PORT),
                stolen);
    }

    List<String> leaks() {
        return leaks;
    }

    int responseCount() {
        return responses;
    }

    /** The ids in every list of the demo tenant, at most four of a kind, and the additional ones. */
    static Set<String> collectIds(Set<String> additional) {
        var byKind = new TreeMap<String, Set<String>>();
        for (var path : paths().entrySet()) {
            if (path.getValue().has("get") && !path.getKey().contains("{")) {
                var matcher =
                        ID.matcher(TestEnvironment.get(path.getKey()).body().toString());
                while (matcher.find()) {
                    String kind = matcher.group().substring(0, matcher.group().indexOf('_'));
                    var ids = byKind.computeIfAbsent(kind, any -> new TreeSet<>());
                    if (ids.size() < 4) {
                        ids.add(matcher.group());
                    }
                }
            }
        }
        var all = new TreeSet<>(additional);
        byKind.values().forEach(all::addAll);
        return all;
    }

    private static Map<String, JsonNode> paths() {
        var paths = new TreeMap<String, JsonNode>();
        document()
                .path("paths")
                .propertyStream()
                .filter(path -> path.getKey().startsWith("/api/"))
                .forEach(path -> paths.put(path.getKey(), path.getValue()));
        return paths;
    }

    private static JsonNode document() {
        return TestEnvironment.get("/v3/api-docs").body();
    }

    void attackEveryOperation() {
        var schemas = document().at("/components/schemas");
        paths().forEach((path, operations) -> operations
                .propertyStream()
                .filter(one -> Set.of("get", "post", "put", "patch", "delete").contains(one.getKey()))
                // It would end the attacker's own session, and all later calls would be unauthenticated.
                .filter(one -> !(path.equals("/api/v1/sessions") && one.getKey().equals("delete")))
                .forEach(one -> attackOperation(
                        path, one.getKey().toUpperCase(java.util.Locale.ROOT), one.getValue(), schemas)));
    }

    private void attackOperation(String path, String method, JsonNode operation, JsonNode schemas) {
        for (String id : foreignIds) {
            String body = body(operation, schemas, id);
            send(method, fillPath(path, id), body, id);
            for (JsonNode parameter : operation.path("parameters")) {
                if (parameter.path("in").asString().equals("query")) {
                    send(
                            method,
                            fillPath(path, id) + "?" + parameter.path("name").asString() + "="
                                    + URLEncoder.encode(id, StandardCharsets.UTF_8),
                            body,
                            id);
                }
            }
        }
    }

    private static String fillPath(String path, String id) {
        return VARIABLE.matcher(path).replaceAll(URLEncoder.encode(id, StandardCharsets.UTF_8));
    }

    /** A body in which every text is the id. */
    private static String body(JsonNode operation, JsonNode schemas, String id) {
        var schema = operation.at("/requestBody/content/application~1json/schema");
        return schema.isMissingNode() ? "" : Json.write(filled(schema, schemas, id, 0));
    }

    private static JsonNode filled(JsonNode schema, JsonNode schemas, String id, int depth) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asString();
            return filled(schemas.path(name.substring(name.lastIndexOf('/') + 1)), schemas, id, depth);
        }
        if (schema.path("type").asString("").equals("array")) {
            return Json.MAPPER.createArrayNode().add(filled(schema.path("items"), schemas, id, depth + 1));
        }
        if (schema.has("properties") && depth < 4) {
            ObjectNode object = Json.object();
            schema.path("properties")
                    .propertyStream()
                    .forEach(member -> object.set(member.getKey(), filled(member.getValue(), schemas, id, depth + 1)));
            return object;
        }
        return switch (schema.path("type").asString("")) {
            case "integer", "number" -> Json.MAPPER.getNodeFactory().numberNode(1);
            case "boolean" -> Json.MAPPER.getNodeFactory().booleanNode(true);
            case "object" -> Json.object().put("id", id);
            default ->
                Json.MAPPER
                        .getNodeFactory()
                        .stringNode(
                                schema.path("format").asString("").equals("date-time") ? "2100-01-01T00:00:00Z" : id);
        };
    }

    private void send(String method, String path, String body, String id) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            responses++;
            checkResponse(method + " " + path + " " + body, response.statusCode(), response.body(), id);
        } catch (java.io.IOException lost) {
            leaks.add("no response: " + method + " " + path + ": " + lost);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** A response may repeat the id that was sent, but no other foreign id; it is never a 5xx. */
    private void checkResponse(String request, int status, String body, String id) {
        if (status >= 500) {
            leaks.add(status + " to " + request + ": " + body);
        }
        for (String other : foreignIds) {
            if (!other.equals(id) && !id.contains(other) && body.contains(other)) {
                leaks.add(other + " in the response to " + request);
            }
        }
    }

    /** A digest of the rows of every table that has the columns, as a superuser sees them. */
    static Map<String, String> digestRows(String condition) {
        var digests = new TreeMap<String, String>();
        try (var connection = DriverManager.getConnection(
                        TestEnvironment.POSTGRES.jdbcUrl("patchbay"),
                        TestEnvironment.POSTGRES.superuser(),
                        TestEnvironment.POSTGRES.password());
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var found = statement.executeQuery("""
                    SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'patchbay'::regnamespace AND c.relkind IN ('r', 'p')
                      AND NOT c.relispartition
                      AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')
                      AND (%s OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'client_id'))
                    """.formatted(!condition.contains("client_id")))) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            tables.removeAll(VOLATILE_TABLES);
            for (String table : tables) {
                try (var digest = statement.executeQuery(
                        "SELECT count(*) || ' ' || coalesce(md5(string_agg(row, ',' ORDER BY row)), '') FROM (SELECT"
                                + " (to_jsonb(t) - '{used_at,tested_at,next_test_at,look_at,claimed_until,caused_by,caused_depth}'::text[])::text AS row FROM patchbay."
                                + table + " t WHERE " + condition + ") rows")) {
                    digest.next();
                    digests.put(table, digest.getString(1));
                }
            }
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        return digests;
    }
}
