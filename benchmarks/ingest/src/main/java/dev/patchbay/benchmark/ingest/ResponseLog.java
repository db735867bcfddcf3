package dev.patchbay.benchmark.ingest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The file that says what each request was answered: {@code <id> <status> <event id> <milliseconds of 1970 when it was due>}. */
final class ResponseLog implements AutoCloseable {

    private final BufferedWriter file;
    /** Added to {@link System#nanoTime}, it is the time of day. */
    private final long ofDay;

    ResponseLog(Path path) throws IOException {
        this.file = Files.newBufferedWriter(path);
        this.ofDay = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();
    }

    void answered(PendingRequest pendingRequest, HttpResponse httpResponse) throws IOException {
        line(pendingRequest, httpResponse.status(), httpResponse.eventId());
    }

    void unanswered(PendingRequest pendingRequest) throws IOException {
        line(pendingRequest, 0, "-");
    }

    private void line(PendingRequest pendingRequest, int status, String eventId) throws IOException {
        file.append(pendingRequest.id())
                .append(' ')
                .append(Integer.toString(status))
                .append(' ')
                .append(eventId)
                .append(' ')
                .append(Long.toString(TimeUnit.NANOSECONDS.toMillis(pendingRequest.intendedAt() + ofDay)))
                .append('\n');
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
