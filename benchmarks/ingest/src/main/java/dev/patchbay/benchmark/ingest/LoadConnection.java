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

/** One kept-alive connection with at most one request on its way. */
final class LoadConnection implements AutoCloseable {

    private static final int LONGEST_ANSWER = 1 << 16;

    private final SocketChannel channel;
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocate(LONGEST_ANSWER);
    private @Nullable PendingRequest pendingRequest;
    private boolean last;

    /** @throws IOException when nobody listens there */
    LoadConnection(InetSocketAddress server, Selector selector, int requestLength) throws IOException {
        this.channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
        this.out = ByteBuffer.allocateDirect(requestLength);
    }

    Optional<PendingRequest> told() {
        return Optional.ofNullable(pendingRequest);
    }

    void tell(PendingRequest next, RetellWebhook retellWebhook, long millis) throws IOException {
        pendingRequest = next;
        in.clear();
        retellWebhook.prepare(next.id(), next.number(), millis, out);
        // With one request on its way the socket has room for it; the loop is for the rules.
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Takes what has arrived. Returns the answer when it is whole. */
    Optional<HttpResponse> proceed() throws IOException {
        if (channel.read(in) <= 0) {
            throw new IOException("the server closed the connection");
        }
        Optional<HttpResponse> answer = HttpResponse.read(in);
        answer.ifPresent(whole -> {
            pendingRequest = null;
            last = whole.last();
        });
        return answer;
    }

    /** Whether the server said that it closes the connection. */
    boolean last() {
        return last;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
