package dev.patchbay.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.patchbay.kernel.logging.RedactingJsonEncoder;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Captures the platform's output while a test acts: log lines at DEBUG as they are written, spans, and responses. */
final class CapturedOutputFixture extends AppenderBase<ILoggingEvent>
        implements ObservationHandler<Observation.Context> {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final RedactingJsonEncoder encoder = new RedactingJsonEncoder();
    private final ConcurrentLinkedQueue<String> logs = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> spans = new ConcurrentLinkedQueue<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();

    CapturedOutputFixture(ObservationRegistry observations) {
        observations.observationConfig().observationHandler(this);
    }

    void begin() {
        encoder.start();
        start();
        root.setLevel(Level.DEBUG);
        root.iteratorForAppenders().forEachRemaining(console -> console.addFilter(ConsoleSilencer.INSTANCE));
        root.addAppender(this);
    }

    void end() {
        root.detachAppender(this);
        root.setLevel(Level.INFO);
        root.iteratorForAppenders().forEachRemaining(console -> console.clearAllFilters());
        stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
        logs.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
    }

    void answer(String body) {
        answers.add(body);
    }

    List<String> logs() {
        return List.copyOf(logs);
    }

    List<String> spans() {
        return List.copyOf(spans);
    }

    List<String> answers() {
        return answers;
    }

    @Override
    public void onStop(Observation.Context span) {
        if (isStarted()) {
            spans.add(span.getName() + " " + span.getContextualName() + " " + span.getAllKeyValues() + " "
                    + span.getError());
        }
    }

    @Override
    public boolean supportsContext(Observation.Context span) {
        return true;
    }
}
