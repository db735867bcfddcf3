package dev.patchbay.connections.http;

import dev.patchbay.connections.http.HttpOutcome.Lost;
import dev.patchbay.connections.http.HttpOutcome.NotSent;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** One request in flight: checks its window, and records whether a byte may have been sent. */
final class Attempt {

    private static final String NAME = Attempt.class.getName();
    private final Window window;
    private volatile boolean sending;
    private volatile @Nullable Duration timeout;

    Attempt(Window window) {
        this.window = window;
    }

    HttpClientContext context() {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(NAME, this);
        return context;
    }

    /** The last check before the first byte, for a process that was suspended until now. */
    static void beforeHead(HttpContext context) throws WindowClosed {
        Attempt attempt = (Attempt) context.getAttribute(NAME);
        attempt.requireOpen();
        attempt.sending = true;
    }

    /**
     * The check between head and body.
     *
     * @throws WindowClosed when the window has closed or the attempt timed out: the provider then gets a head without its body
     */
    void requireOpen() throws WindowClosed {
        if (!window.isOpen() || timeout != null) {
            throw new WindowClosed();
        }
    }

    /**
     * Executes the request and says what became of it. HttpClient throws {@link IllegalStateException} when the request is
     * aborted after a connection was leased and before it was opened.
     */
    HttpOutcome execute(
            CloseableHttpClient client,
            HttpUriRequestBase request,
            HttpClientResponseHandler<? extends HttpOutcome> handler) {
        String host = request.getAuthority().getHostName();
        try {
            return client.execute(request, context(), handler);
        } catch (IOException failure) {
            return classifyFailure(host, failure);
        } catch (IllegalStateException released) {
            if (request.isAborted()) {
                return classifyFailure(host, released);
            }
            throw released;
        }
    }

    HttpOutcome classifyFailure(String host, Exception failure) {
        return sending
                ? new Lost("%s got the request, but its answer was lost: %s".formatted(host, reason(failure)))
                : new NotSent("%s was not reached: %s".formatted(host, reason(failure)));
    }

    /** Records that the response did not arrive in time, just before the request is aborted. */
    void markTimedOut(Duration after) {
        timeout = after;
    }

    private String reason(Exception failure) {
        var limit = timeout;
        return limit == null
                ? String.valueOf(failure.getMessage())
                : "no answer within " + limit.toMillis() + " ms (timeout)";
    }

    /** The window has closed. */
    static final class WindowClosed extends IOException {
        WindowClosed() {
            super("the time to act was over");
        }
    }
}
