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
final class Connection implements AutoCloseable {

    private static final int LONGEST_ANSWER = 1 << 16;

    private final SocketChannel channel;
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocate(LONGEST_ANSWER);
    private @Nullable Told told;
    private boolean last;

    /** @throws IOException when nobody listens there */
    Connection(InetSocketAddress server, Selector selector, int requestLength) throws IOException {
        this.channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
        this.out = ByteBuffer.allocateDirect(requestLength);
    }

    Optional<Told> told() {
        return Optional.ofNullable(told);
    }

    void tell(Told next, Webhook webhook, long millis) throws IOException {
        told = next;
        in.clear();
        webhook.prepare(next.id(), next.number(), millis, out);
        // With one request on its way the socket has room for it; the loop is for the rules.
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Takes what has arrived. Returns the answer when it is whole. */
    Optional<Answer> proceed() throws IOException {
        if (channel.read(in) <= 0) {
            throw new IOException("the server closed the connection");
        }
        Optional<Answer> answer = Answer.read(in);
        answer.ifPresent(whole -> {
            told = null;
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
