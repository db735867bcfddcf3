package dev.patchbay.kernel.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RedactionCorpus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

class RedactingJsonEncoderTests {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    private final ch.qos.logback.classic.Logger log =
            (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("redaction.tests");

    @BeforeEach
    void attach() {
        var encoder = new RedactingJsonEncoder();
        encoder.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
        encoder.start();
        appender.setContext(encoder.getContext());
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        appender.start();
        log.setLevel(Level.INFO);
        log.setAdditive(false);
        log.addAppender(appender);
    }

    @AfterEach
    void detach() {
        log.detachAppender(appender);
        appender.stop();
    }

    @Test
    void redactsTheCorpusInEveryPartOfALogEvent() {
        for (var line : RedactionCorpus.mustHide()) {
            written.reset();
            try (var _ = MDC.putCloseable("about", line.text())) {
                log.atError()
                        .addKeyValue("pair", line.text())
                        .setCause(new IllegalStateException(line.text(), new RuntimeException("cause: " + line.text())))
                        .log("{} and {}", line.text(), line.text());
            }
            assertThat(written.toString(StandardCharsets.UTF_8)).as(line.text()).doesNotContain(line.secret());
        }
    }

    @Test
    void writesOneLineOfJsonInTheElasticCommonSchema() {
        try (var _ = MDC.putCloseable("correlationId", "cor_1")) {
            log.info("two\nlines");
        }
        JsonNode line = Json.read(written.toByteArray());
        assertThat(written.toString(StandardCharsets.UTF_8)).hasLineCount(1);
        assertThat(line.path("message").asString()).isEqualTo("two\nlines");
        assertThat(line.path("log.level").asString()).isEqualTo("INFO");
        assertThat(line.path("correlationId").asString()).isEqualTo("cor_1");
        assertThat(line.has("error.type")).isFalse();
    }

    @Test
    void keepsTheStackTraceOfAFailure() {
        log.error("failed", new IllegalStateException("no such thing"));
        JsonNode line = Json.read(written.toByteArray());
        assertThat(line.path("error.type").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.path("error.stack_trace").asString()).contains("keepsTheStackTraceOfAFailure");
    }
}
