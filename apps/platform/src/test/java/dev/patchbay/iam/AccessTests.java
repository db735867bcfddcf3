package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.TestEnvironment.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every endpoint requires authentication unless it is listed here. */
@PatchbayTest
class AccessTests {

    @Autowired
    private ServiceTokens tokens;

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/clients", "/api/v1/audit", "/api/v1/nothing", "/actuator/env", "/error"})
    void answers401WithoutAToken(String path) {
        var reply = get(path);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body().path("code").asString()).isEqualTo("401.unauthenticated");
        assertThat(reply.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer pbt_unknown", "Bearer", "Bearer not a token", "Basic dXNlcjpwYXNz"})
    void answers401ToAnUnknownToken(String authorization) {
        var reply = TestEnvironment.send(
                TestEnvironment.request(at("/api/v1/clients")).header("Authorization", authorization));
        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void answers403ForAPathThatIsClosedToAll() {
        var reply = TestEnvironment.get("/actuator/env");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body().path("code").asString()).isEqualTo("403.forbidden");
    }

    /** The portal's pages are files without data, so everybody is answered 404 for an address that is none of them. */
    @Test
    void answers404ForAnAddressOutsideTheApi() {
        assertThat(get("/other").status()).isEqualTo(404);
    }

    @Test
    void answers403WhenThePermissionIsMissing() {
        String token = tokens.issue(new TenantId("tnt_demo"), "limited", Set.of());
        var reply = TestEnvironment.send(
                TestEnvironment.request(at("/api/v1/clients")).header("Authorization", "Bearer " + token));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body().path("detail").asString()).contains("read:clients");
    }

    @Test
    void answersAProblemForARequestRefusedBeforeAnyController() {
        var reply = get("/api//v1/clients");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().path("code").asString()).isEqualTo("400.malformed_request");
        assertThat(reply.body().path("correlationId").asString()).startsWith("cor_");
    }

    @Test
    void tellsWhoMayDoItForAKindOfResourceOrOneOfThemAndForAClientThatExists() {
        String question = "/api/v1/iam/who?action=run&resource=flows";
        assertThat(TestEnvironment.get(question).status()).isEqualTo(200);
        assertThat(TestEnvironment.get(question + "/flw_1").status()).isEqualTo(200);
        assertThat(TestEnvironment.get(question + "&clientId=cli_harbor").status())
                .isEqualTo(200);
        assertThat(TestEnvironment.get(question + "&clientId=cli_nobody")
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("404.client_not_found");
    }

    @Test
    void leavesHealthAndMetricsOpen() throws Exception {
        assertThat(get("/actuator/health").body().path("status").asString()).isEqualTo("UP");
        try (var metrics = at("/actuator/prometheus").toURL().openStream()) {
            assertThat(new String(metrics.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void listsTheClientsPageByPage() {
        var ids = new ArrayList<String>();
        var page = TestEnvironment.get("/api/v1/clients?limit=1").body();
        while (page.path("next").isString()) {
            assertThat(page.path("items")).hasSize(1);
            ids.add(page.at("/items/0/id").asString());
            page = TestEnvironment.get(
                            "/api/v1/clients?limit=1&after=" + page.path("next").asString())
                    .body();
        }
        ids.add(page.at("/items/0/id").asString());

        assertThat(ids).isSorted().doesNotHaveDuplicates().contains("cli_harbor", "cli_northside");
        assertThat(TestEnvironment.get("/api/v1/clients").body().toString()).contains("America/Chicago");
    }

    private static Reply get(String path) {
        return TestEnvironment.send(TestEnvironment.request(at(path)).GET());
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + TestEnvironment.PORT + path);
    }
}
