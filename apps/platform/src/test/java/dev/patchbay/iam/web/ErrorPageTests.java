package dev.patchbay.iam.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ErrorPageTests {

    private static String page(String path, @Nullable String query) {
        var request = new MockHttpServletRequest("GET", path);
        request.setQueryString(query);
        request.addHeader("Accept", "text/html");
        String body = SignInController.errorPage(request)
                .respond(request, () -> {
                    throw new Problem(ProblemType.SIGN_IN_REFUSED, "Why & <why>.");
                })
                .getBody();
        return Objects.requireNonNull(body);
    }

    @Test
    void startAgainKeepsTheQuery() {
        assertThat(page("/sign-in", "invitation=a&to=/\"><script>"))
                .contains("href=\"/sign-in?invitation=a&amp;to=/&quot;&gt;&lt;script&gt;\"", "Why &amp; &lt;why&gt;.")
                .doesNotContain("<script", "follow the link");
        assertThat(page("/sign-in", null)).contains("href=\"/sign-in\"");
    }

    @Test
    void theCallbackPageMentionsTheInvitationMail() {
        assertThat(page("/sign-in/callback", "state=s&code=c"))
                .contains("href=\"/sign-in\"", "follow the link in it once more")
                .doesNotContain("code=");
    }
}
