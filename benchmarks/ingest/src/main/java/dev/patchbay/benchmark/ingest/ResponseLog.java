package dev.patchbay.benchmark.ingest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Logs the response to each request, one a line: {@code <id> <status> <event id> <time it was due, in milliseconds since 1970>}. */
final class ResponseLog implements AutoCloseable {

    private final BufferedWriter file;
    /** Converts {@link System#nanoTime} to nanoseconds since 1970 when added to it. */
    private final long epochOffset;

    ResponseLog(Path path) throws IOException {
        this.file = Files.newBufferedWriter(path);
        this.epochOffset = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();
    }

    void recordResponse(PendingRequest request, HttpResponse response) throws IOException {
        writeLine(request, response.status(), response.eventId());
    }

    void recordNoResponse(PendingRequest request) throws IOException {
        writeLine(request, 0, "-");
    }

    private void writeLine(PendingRequest request, int status, String eventId) throws IOException {
        file.append(request.id())
                .append(' ')
                .append(Integer.toString(status))
                .append(' ')
                .append(eventId)
                .append(' ')
                .append(Long.toString(TimeUnit.NANOSECONDS.toMillis(request.intendedAt() + epochOffset)))
                .append('\n');
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
