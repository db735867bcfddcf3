package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Settings;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.util.UriUtils;

/**
 * Fuzzes addresses of requests: one that is not answered 400 decodes to text without NUL, and its path has one spelling. The address
 * that {@code X-Forwarded-For} states is an address or unknown.
 */
final class QueryFuzz {

    private static final UrlEncodingFilter ENCODING = new UrlEncodingFilter(new ProblemWriter(
            new Settings(Environment.DEV, URI.create("https://patchbay.example"), Path.of("target"), Set.of("api"))));

    private static final RemoteAddressFilter ADDRESSES =
            new RemoteAddressFilter(new TrustedProxySettings(List.of("127.0.0.1")));

    private QueryFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws ServletException, IOException {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        int question = text.indexOf('?');
        String path = question < 0 ? text : text.substring(0, question);
        String query = question < 0 ? "" : text.substring(question + 1);
        var request = new MockHttpServletRequest("GET", path);
        request.setQueryString(query);
        request.setRemoteAddr("127.0.0.1");
        request.addHeader("X-Forwarded-For", text);
        request.setAttribute(CorrelationFilter.NAME, "cor_fuzz");
        var response = new MockHttpServletResponse();
        var isPassed = new AtomicBoolean();
        ENCODING.doFilter(request, response, (_, _) -> isPassed.set(true));
        require(isPassed.get() != (response.getStatus() == 400), "neither passed nor refused", text);
        if (isPassed.get()) {
            requireReadable(path, text);
            requireReadable(query, text);
        }
        ADDRESSES.doFilter(request, new MockHttpServletResponse(), (wrapped, _) -> {
            String address = wrapped.getRemoteAddr();
            require(
                    address.equals(RemoteAddressFilter.UNKNOWN)
                            || NetworkBlock.parseAddress(address).isPresent(),
                    "no address",
                    text);
        });
    }

    private static void requireReadable(String encoded, String text) {
        String decoded = UriUtils.decode(encoded, StandardCharsets.UTF_8);
        require(decoded.indexOf('\0') < 0, "NUL", text);
        boolean isWritten = encoded.toUpperCase(Locale.ROOT).contains("%EF%BF%BD");
        require(encoded.indexOf('%') < 0 || isWritten || !decoded.contains("\ufffd"), "undecodable", text);
    }

    private static void require(boolean holds, String what, String text) {
        if (!holds) {
            throw new AssertionError(what + ": " + text);
        }
    }
}
