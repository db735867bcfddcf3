package dev.patchbay.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * One append-only file, a JSON object a line. A line handed to the operating system survives a kill -9 of this
 * process, which is what the sandbox must witness; surviving a power cut would need an fsync an act and is not promised.
 */
final class Journal implements AutoCloseable {

    /** Not a channel: an interrupted thread would close a channel for everyone. */
    private final RandomAccessFile file;

    private Journal(RandomAccessFile file) {
        this.file = file;
    }

    /** Replays every whole line, oldest first; a torn last line was never answered for, so it is cut off. */
    static Journal open(Path path, Consumer<ObjectNode> replay) {
        try {
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            byte[] content = new byte[Math.toIntExact(file.length())];
            file.readFully(content);
            String text = new String(content, StandardCharsets.UTF_8);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            whole.lines().map(Json::parse).forEach(replay);
            file.setLength(whole.getBytes(StandardCharsets.UTF_8).length);
            file.seek(file.length());
            return new Journal(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open the journal " + path, e);
        }
    }

    void append(ObjectNode line) {
        try {
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the journal", e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the journal", e);
        }
    }
}
