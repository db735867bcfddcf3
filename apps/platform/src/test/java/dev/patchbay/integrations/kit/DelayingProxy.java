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

/** A proxy before a provider, which may delay a request and deliver it after the client has hung up. */
final class DelayingProxy implements AutoCloseable {

    private static final byte[] END = new byte[0];

    private final URI provider;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<Duration> delay = new AtomicReference<>(Duration.ZERO);

    DelayingProxy(URI provider) {
        this.provider = provider;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        threads.execute(this::listen);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + provider.getPath());
    }

    /** Delays the next POST, PUT or PATCH. */
    void delayNext(Duration time) {
        delay.set(time);
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
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
            // The bytes that came before are delivered all the same.
        } finally {
            sent.add(END);
        }
    }

    private void deliver(BlockingQueue<byte[]> sent, Socket far) {
        try (far) {
            OutputStream out = far.getOutputStream();
            for (byte[] bytes = sent.take(); bytes.length > 0; bytes = sent.take()) {
                if (bytes[0] == 'P') {
                    LockSupport.parkNanos(delay.getAndSet(Duration.ZERO).toNanos());
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
            // The client no longer waits for the response.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
