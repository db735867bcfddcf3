package dev.patchbay.benchmark.ingest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** An HTTP server that sends the exact bytes that a test gives it. */
final class StubServer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: ([0-9]+)");

    /** Sends no response, and keeps the connection open. */
    static final String SILENCE = "\0";

    /** @param head the request line and the headers, up to the empty line */
    record ReceivedRequest(String head, String body) {}

    private final ServerSocket socket;
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();

    /** @param responses the complete response to the n-th request, from 0; empty text closes the connection */
    StubServer(IntFunction<String> responses) throws IOException {
        this.socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    Thread.ofVirtual().start(() -> serve(client, responses));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    List<ReceivedRequest> requests() {
        return requests;
    }

    private void serve(Socket client, IntFunction<String> responses) {
        try (client;
                var in = new BufferedInputStream(client.getInputStream())) {
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                var length = LENGTH.matcher(head);
                byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
                requests.add(new ReceivedRequest(head, new String(body, StandardCharsets.UTF_8)));
                String response = responses.apply(count.getAndIncrement());
                if (response.isEmpty()) {
                    return;
                }
                if (response.equals(SILENCE)) {
                    continue;
                }
                client.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            // The client closed the connection.
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            head.append((char) octet);
            if (head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    static String response(int status, String body) {
        return "HTTP/1.1 " + status + " \r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static String accepted(int number) {
        return response(202, "{\"eventId\":\"evt_" + number + "\"}");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
