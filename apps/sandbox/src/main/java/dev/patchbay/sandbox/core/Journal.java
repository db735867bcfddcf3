package dev.patchbay.sandbox.core;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * An append-only file with one JSON object a line. An appended line survives a kill -9 of this process. It may not survive
 * a power cut: that would need an fsync a line.
 */
final class Journal implements AutoCloseable {

    /** No FileChannel: the interrupt of one thread would close the channel for all of them. */
    private final RandomAccessFile file;

    private Journal(RandomAccessFile file) {
        this.file = file;
    }

    /** Replays every complete line, oldest first, and truncates an incomplete last line, whose request got no response. */
    static Journal open(Path path, Consumer<ObjectNode> replay) {
        try {
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            byte[] content = new byte[Math.toIntExact(file.length())];
            file.readFully(content);
            String text = new String(content, StandardCharsets.UTF_8);
            String complete = text.substring(0, text.lastIndexOf('\n') + 1);
            complete.lines().map(Json::parse).forEach(replay);
            file.setLength(complete.getBytes(StandardCharsets.UTF_8).length);
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
            throw new UncheckedIOException("Cannot append to the journal", e);
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
