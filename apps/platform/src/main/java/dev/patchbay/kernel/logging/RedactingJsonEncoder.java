package dev.patchbay.kernel.logging;

import ch.qos.logback.classic.pattern.RootCauseFirstThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Redaction;
import java.util.List;
import java.util.Objects;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encodes each log event as one line of JSON with the names of the Elastic Common Schema. The whole tree (message, exception
 * and its causes, MDC, key-value pairs) is redacted by {@link Redaction}.
 */
public final class RedactingJsonEncoder extends EncoderBase<ILoggingEvent> {

    private final RootCauseFirstThrowableProxyConverter stackTraces = new RootCauseFirstThrowableProxyConverter();

    @Override
    public void start() {
        stackTraces.start();
        super.start();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ObjectNode line = Json.object()
                .put("@timestamp", event.getInstant().toString())
                .put("log.level", event.getLevel().toString())
                .put("log.logger", event.getLoggerName())
                .put("process.thread.name", event.getThreadName())
                .put("message", event.getFormattedMessage());
        event.getMDCPropertyMap().forEach(line::put);
        List<KeyValuePair> pairs = Objects.requireNonNullElse(event.getKeyValuePairs(), List.of());
        pairs.forEach(pair -> line.put(pair.key, String.valueOf(pair.value)));
        var thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.put("error.type", thrown.getClassName())
                    .put("error.message", thrown.getMessage())
                    .put("error.stack_trace", stackTraces.convert(event));
        }
        return Hashing.utf8(Json.write(Redaction.tree(line)) + "\n");
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
