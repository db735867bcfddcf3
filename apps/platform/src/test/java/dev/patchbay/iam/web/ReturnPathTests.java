package dev.patchbay.iam.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After the sign-in a browser returns to a path of this site and nowhere else. */
class ReturnPathTests {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/runs/run_1?tab=steps", "/a%20b"})
    void aPathOfThisSiteStays(String path) {
        assertThat(SignInController.safeReturnPath(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "runs", "https://evil.example/", "//evil.example", "/\\evil.example", "/ü", "/%zz"})
    void anythingElseLeadsToTheStartPage(String path) {
        assertThat(SignInController.safeReturnPath(path)).isEqualTo("/");
    }
}
