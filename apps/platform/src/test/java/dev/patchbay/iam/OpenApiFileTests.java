package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI description equals the reviewed file and states the authentication of each operation. */
@PatchbayTest
class OpenApiFileTests {

    private static final Path FILE = Path.of("../../contracts/openapi/patchbay.json");
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private static JsonNode described() {
        return TestEnvironment.get("/v3/api-docs").body();
    }

    /** Written anew with {@code -Dpatchbay.write-openapi=true}. */
    @Test
    void theDescriptionIsTheReviewedFile() throws IOException {
        Map<?, ?> tree = SORTED.treeToValue(described(), Map.class);
        String written = SORTED.writeValueAsString(tree).replace("\r\n", "\n") + "\n";
        if (Boolean.getBoolean("patchbay.write-openapi")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, written);
        }
        assertThat(Files.readString(FILE)).isEqualTo(written);
    }

    @Test
    void changingOperationsRequireACsrfToken() {
        JsonNode api = described();
        assertThat(names(api.path("security"))).isEqualTo("token or session");
        assertThat(api.at("/paths/~1api~1v1~1clients/get").has("security")).isFalse();
        assertThat(names(api.at("/paths/~1api~1v1~1clients/post/security"))).isEqualTo("token or session+csrf");
        assertThat(api.at("/components/securitySchemes/session/in").asString()).isEqualTo("cookie");
        assertThat(api.at("/components/securitySchemes/csrf/name").asString()).isEqualTo("X-CSRF-Token");
        assertThat(api.path("paths").propertyNames().stream().filter(path -> path.startsWith("/ingress/")))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(api.path("paths")
                                .path(path)
                                .at("/post/security")
                                .isEmpty())
                        .isTrue());
    }

    private static String names(JsonNode security) {
        return security.valueStream()
                .map(either -> String.join("+", either.propertyNames()))
                .collect(Collectors.joining(" or "));
    }
}
