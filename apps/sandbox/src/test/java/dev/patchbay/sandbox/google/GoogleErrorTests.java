package dev.patchbay.sandbox.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Requests that Google's own client would not send, and the errors that it hides. */
class GoogleErrorTests {

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id": "NOT-base32"}                                                                           | invalid
            {"end": {"date": "2026-12-02"}}                                                                | required
            {"start": {"date": "2026-12-01"}}                                                              | required
            {"start": {"dateTime": "2026-12-01T10:00:00"}, "end": {"date": "2026-12-02"}}                  | invalid
            {"start": {"dateTime": "soon"}, "end": {"date": "2026-12-02"}}                                 | invalid
            {"start": {"date": "2026-12-02"}, "end": {"date": "2026-12-02"}}                               | timeRangeEmpty
            """)
    void rejectsInvalidEventsWithGooglesReason(String body, String reason) {
        JsonNode error = SandboxFixture.json(google("POST", "/events", body));

        assertThat(error.path("error").path("code").asInt()).isEqualTo(400);
        assertThat(Json.text(error.path("error").path("errors").path(0), "reason"))
                .isEqualTo(reason);
    }

    private HttpResponse<String> google(String method, String path, String body) {
        return sandbox.send(
                method,
                "/google/calendar/v3/calendars/primary" + path,
                body,
                "Authorization",
                "Bearer " + sandbox.googleAccessToken());
    }

    @Test
    void acceptsLocalTimesWithATimeZone() {
        HttpResponse<String> booked = google("POST", "/events", """
                {"start": {"dateTime": "2026-12-01T10:00:00", "timeZone": "America/New_York"},
                 "end": {"dateTime": "2026-12-01T15:30:00Z"}}""");

        assertThat(booked.statusCode()).isEqualTo(200);
        assertThat(google("GET", "/events?timeMin=yesterday", "").statusCode()).isEqualTo(400);
    }

    @Test
    void anUnknownPathAnswers404() {
        assertThat(google("GET", "/elsewhere", "").statusCode()).isEqualTo(404);
    }

    @Test
    void theTokenEndpointRejectsWrongSecretsTokensAndGrantTypes() {
        assertThat(errorOf(sandbox.googleToken("refresh_token=g-refresh&grant_type=refresh_token", "wrong")))
                .isEqualTo("invalid_client");
        assertThat(errorOf(sandbox.googleToken("refresh_token=gone&grant_type=refresh_token", "g-secret")))
                .isEqualTo("invalid_grant");
        assertThat(errorOf(sandbox.googleToken("grant_type=password", "g-secret")))
                .isEqualTo("unsupported_grant_type");
    }

    private static String errorOf(HttpResponse<String> response) {
        return Json.text(SandboxFixture.json(response), "error");
    }
}
