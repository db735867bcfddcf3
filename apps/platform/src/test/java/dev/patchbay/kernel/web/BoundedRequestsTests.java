package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.node.ObjectNode;

/** The bounds of requests over HTTP, and that no request has a member without one. */
@PatchbayTest
class BoundedRequestsTests {

    @Autowired
    @Qualifier("requestMappingHandlerMapping") private RequestMappingHandlerMapping handlers;

    @Test
    void everyMemberOfEveryRequestHasABound() {
        var bodies = handlers.getHandlerMethods().values().stream()
                .filter(method -> method.getBeanType().getName().startsWith("dev.patchbay."))
                .flatMap(method -> Arrays.stream(method.getMethodParameters()))
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .toList();

        assertThat(bodies).hasSizeGreaterThan(40);
        assertThat(bodies.stream()
                        .flatMap(body -> RequestBounds.unboundedMembers(body.getGenericParameterType()).stream()
                                .map(member -> name(body) + member)))
                .isEmpty();
    }

    private static String name(MethodParameter body) {
        return body.getContainingClass().getSimpleName() + " "
                + body.getParameterType().getSimpleName();
    }

    @Test
    void settingsOfAClientAreRefusedAboveTheirBound() {
        var reply = TestEnvironment.post("/api/v1/clients", client("x".repeat(40_000)));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body().path("detail").asString()).startsWith("settings has 40011 characters");
    }

    @Test
    void aValueThatCannotBeStoredIsABadRequest() {
        Stream.of(
                        "/api/v1/ingress/reconciliation?from=-999999999-01-01",
                        "/api/v1/ingress/reconciliation?to=%2B999999999-01-01",
                        "/api/v1/audit?from=%2B1000000000-12-31T23:59:59Z",
                        "/api/v1/audit?to=-1000000000-01-01T00:00:00Z",
                        "/api/v1/audit?afterSeq=99999999999999999999",
                        "/api/v1/clients?after=%00",
                        "/api/v1/clients?limit=1e9")
                .forEach(path ->
                        assertThat(TestEnvironment.get(path).status()).as(path).isIn(400, 422));
        assertThat(TestEnvironment.post("/api/v1/iam/groups", "application/json", "{\"name\": \"a\\u0000b\"}")
                        .status())
                .isEqualTo(422);
        assertThat(TestEnvironment.post("/api/v1/clients", "application/json", "[".repeat(5_000))
                        .status())
                .isEqualTo(400);
    }

    private static ObjectNode client(String text) {
        var request = Json.object().put("name", "Bounded").put("timeZone", "UTC");
        request.set("settings", Json.object().put("text", text));
        return request;
    }
}
