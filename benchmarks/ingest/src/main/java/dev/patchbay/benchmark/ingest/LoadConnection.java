package dev.patchbay.benchmark.ingest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A keep-alive connection with at most one request in flight. */
final class LoadConnection implements AutoCloseable {

    private static final int MAX_RESPONSE_BYTES = 1 << 16;

    private final SocketChannel channel;
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocate(MAX_RESPONSE_BYTES);
    private @Nullable PendingRequest pending;
    private boolean closing;

    /** @throws IOException when the server does not listen */
    LoadConnection(InetSocketAddress server, Selector selector, int requestLength) throws IOException {
        this.channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
        this.out = ByteBuffer.allocateDirect(requestLength);
    }

    /** The request in flight. */
    Optional<PendingRequest> pending() {
        return Optional.ofNullable(pending);
    }

    /** Sends a request, signed at {@code millis} since 1970. */
    void send(PendingRequest next, RetellWebhook webhook, long millis) throws IOException {
        pending = next;
        in.clear();
        webhook.prepare(next.id(), next.number(), millis, out);
        // With one request in flight the socket has room for all of it, though a non-blocking write does not promise
        // that.
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Reads the bytes that have arrived. Returns the response when it is complete. */
    Optional<HttpResponse> receive() throws IOException {
        if (channel.read(in) <= 0) {
            throw new IOException("the server closed the connection");
        }
        Optional<HttpResponse> response = HttpResponse.parse(in);
        response.ifPresent(complete -> {
            pending = null;
            closing = complete.closesConnection();
        });
        return response;
    }

    /** Whether the server announced that it closes the connection. */
    boolean isClosing() {
        return closing;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
