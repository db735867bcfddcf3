package dev.patchbay.benchmark.ingest;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that says what each request was answered: {@code <id> <status> <event id>}; what the verifier reads. */
final class Answers implements AutoCloseable {

    private final BufferedWriter file;

    Answers(Path path) throws IOException {
        this.file = Files.newBufferedWriter(path);
    }

    void answered(Told told, Answer answer) throws IOException {
        line(told.id(), answer.status(), answer.eventId());
    }

    void unanswered(Told told) throws IOException {
        line(told.id(), 0, "-");
    }

    private void line(String id, int status, String eventId) throws IOException {
        file.append(id)
                .append(' ')
                .append(Integer.toString(status))
                .append(' ')
                .append(eventId)
                .append('\n');
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
