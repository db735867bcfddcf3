package dev.patchbay.integrations.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** The way to a provider, which may hold up what was sent and deliver it after the sender has hung up. */
final class Wire implements AutoCloseable {

    private static final byte[] END = new byte[0];

    private final URI provider;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<Duration> holdUp = new AtomicReference<>(Duration.ZERO);

    Wire(URI provider) {
        this.provider = provider;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        threads.execute(this::listen);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort() + provider.getPath());
    }

    /** Of the requests that follow, holds up the next one that begins so. */
    void holdUpNext(Duration time) {
        holdUp.set(time);
    }

    private void listen() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                Socket far = new Socket(provider.getHost(), provider.getPort());
                BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
                threads.execute(() -> read(near, sent));
                threads.execute(() -> deliver(sent, far));
                threads.execute(() -> answer(far, near));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void read(Socket near, BlockingQueue<byte[]> sent) {
        try {
            InputStream in = near.getInputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sent.add(Arrays.copyOf(buffer, count));
            }
        } catch (IOException hungUp) {
            // What was sent before is delivered all the same.
        } finally {
            sent.add(END);
        }
    }

    private void deliver(BlockingQueue<byte[]> sent, Socket far) {
        try (far) {
            OutputStream out = far.getOutputStream();
            for (byte[] bytes = sent.take(); bytes.length > 0; bytes = sent.take()) {
                if (bytes[0] == 'P') {
                    LockSupport.parkNanos(holdUp.getAndSet(Duration.ZERO).toNanos());
                }
                out.write(bytes);
                out.flush();
            }
            far.shutdownOutput();
            far.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // The provider has hung up.
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(Socket far, Socket near) {
        try (near) {
            far.getInputStream().transferTo(near.getOutputStream());
        } catch (IOException hungUp) {
            // Nobody hears the answer.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
