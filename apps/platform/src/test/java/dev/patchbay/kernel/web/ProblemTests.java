package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.ProviderProblem;
import dev.patchbay.kernel.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.mock.http.MockHttpInputMessage;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;

/** Every failure of a request is answered in the same form. */
class ProblemTests {

    @RestController
    static class FailingController {

        @GetMapping("/known")
        String problem() {
            throw new Problem(ProblemType.FLOW_INVALID, "Two problems.", List.of("one", "two"));
        }

        @GetMapping("/provider")
        String provider() {
            throw new ProviderProblem("highlevel", "It answered 500.");
        }

        @GetMapping("/unexpected")
        String unexpected() {
            throw new IllegalArgumentException("an inner secret");
        }

        @GetMapping("/unavailable")
        String unavailable() {
            throw new ResponseStatusException(org.springframework.http.HttpStatus.SERVICE_UNAVAILABLE);
        }

        @GetMapping("/wrapped")
        String wrapped() {
            throw new HttpMessageNotReadableException(
                    "unreadable",
                    new Problem(ProblemType.PAYLOAD_TOO_LARGE, "Too long."),
                    new MockHttpInputMessage(new byte[0]));
        }

        @GetMapping("/number")
        int number(@RequestParam int value) {
            return value;
        }

        @PostMapping(path = "/json", consumes = MediaType.APPLICATION_JSON_VALUE)
        JsonNode json(@RequestBody JsonNode body) {
            return body;
        }

        @PostMapping("/bytes")
        int bytes(@RequestBody byte[] body) {
            return body.length;
        }
    }

    private static final ProblemWriter PROBLEMS = new ProblemWriter(
            new Settings(Environment.DEV, URI.create("https://patchbay.example"), Path.of("target"), Set.of("api")));

    private final RestTestClient client = RestTestClient.bindTo(MockMvcBuilders.standaloneSetup(new FailingController())
                    .setControllerAdvice(new ProblemHandler(PROBLEMS, java.time.Clock.systemUTC()))
                    .addFilters(
                            new CorrelationFilter(Clock.systemUTC()),
                            new BodyLimitFilter(
                                    PROBLEMS,
                                    List.of(),
                                    new ApiBodySettings(
                                            java.time.Duration.ofSeconds(10),
                                            org.springframework.util.unit.DataSize.ofMegabytes(64))))
                    .build())
            .build();

    @ParameterizedTest
    @CsvSource({
        "/known, 422, 422.flow_invalid",
        "/provider, 502, 502.provider_error_highlevel",
        "/unexpected, 500, 500.internal",
        "/unavailable, 500, 500.internal",
        "/wrapped, 413, 413.payload_too_large",
        "/nowhere, 404, 404.not_found",
        "/json, 405, 405.method_not_allowed",
        "/number?value=x, 400, 400.malformed_request",
        "/number, 400, 400.malformed_request",
    })
    void everyFailureHasItsCode(String path, int status, String code) {
        client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    @Test
    void everyMemberIsWritten() {
        client.get()
                .uri("/known")
                .header(CorrelationFilter.HEADER, "cor_mine")
                .exchange()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals(CorrelationFilter.HEADER, "cor_mine")
                .expectBody()
                .json("""
                        {"type": "https://patchbay.example/problems/flow_invalid", "title": "The flow has problems",
                         "status": 422, "code": "422.flow_invalid", "detail": "Two problems.",
                         "correlationId": "cor_mine", "problems": ["one", "two"]}""");
    }

    @ParameterizedTest
    @CsvSource({"500, INTERNAL", "503, INTERNAL", "404, NOT_FOUND", "418, MALFORMED_REQUEST"})
    void aBareStatusHasAProblem(int status, ProblemType type) {
        assertThat(ProblemHandler.ofStatus(status, new MockHttpServletRequest("GET", "/x"))
                        .type())
                .isEqualTo(type);
    }

    @Test
    void anUnexpectedErrorRevealsNothing() {
        client.get()
                .uri("/unexpected")
                .exchange()
                .expectBody(String.class)
                .value(body -> assertThat(body).doesNotContain("inner secret"));
    }

    @ParameterizedTest
    @CsvSource({"two words", "-leading", "ünicode"})
    void anIllFormedCorrelationIdIsReplaced(String offered) {
        client.get()
                .uri("/known")
                .header(CorrelationFilter.HEADER, offered)
                .exchange()
                .expectHeader()
                .value(CorrelationFilter.HEADER, id -> assertThat(id).matches("cor_[0-9a-z]{26}"));
    }

    @ParameterizedTest
    @CsvSource({"text/plain, '{}', 415.unsupported_media_type", "application/json, '{', 400.malformed_request"})
    void anUnreadableBodyIsRejected(String type, String body, String code) {
        client.post()
                .uri("/json")
                .contentType(MediaType.parseMediaType(type))
                .body(body)
                .exchange()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    @Test
    void aClientThatAcceptsNoJsonIsAnswered406() {
        client.get()
                .uri("/number?value=1")
                .accept(MediaType.IMAGE_PNG)
                .exchange()
                .expectStatus()
                .isEqualTo(406)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("406.not_acceptable");
    }

    @Test
    void aBodyThatIsTooLargeIsRejected() {
        client.post()
                .uri("/bytes")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(new byte[BodyLimitFilter.MAX_BYTES + 1])
                .exchange()
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("413.payload_too_large");
    }
}
