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
    private final SelectionKey key;
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocate(LONGEST_ANSWER);
    private @Nullable Told told;

    /** @throws IOException when nobody listens there */
    Connection(InetSocketAddress server, Selector selector, int requestLength) throws IOException {
        this.channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
        this.out = ByteBuffer.allocateDirect(requestLength);
    }

    Optional<Told> told() {
        return Optional.ofNullable(told);
    }

    void tell(Told next, Webhook webhook, long millis) throws IOException {
        told = next;
        in.clear();
        webhook.prepare(next.id(), next.number(), millis, out);
        write();
    }

    /** Goes on where the socket had no room or no bytes left. Returns the answer when it is whole. */
    Optional<Answer> proceed() throws IOException {
        if (key.isWritable()) {
            write();
        }
        if (!key.isReadable()) {
            return Optional.empty();
        }
        if (channel.read(in) <= 0) {
            throw new IOException("the server closed the connection");
        }
        Optional<Answer> answer = Answer.read(in);
        answer.ifPresent(whole -> told = null);
        return answer;
    }

    private void write() throws IOException {
        channel.write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
