package dev.patchbay.ingress.web;

import dev.patchbay.ingress.internal.Webhook;
import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

/** Reads a request as what it is: raw bytes with their headers. */
final class WebhookReader {

    private WebhookReader() {}

    /**
     * Looks at the headers only.
     *
     * @throws Problem {@code 415.unsupported_media_type} when the provider sends no such bodies
     */
    static void requireReadable(HttpServletRequest request, Normaliser normaliser) {
        Set<String> known = normaliser.mediaTypes();
        if (!known.contains(mediaType(request.getContentType()))) {
            throw new Problem(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Send " + String.join(" or ", known.stream().sorted().toList()) + ".");
        }
        // What was signed are the bytes as they came; unpacking strangers' bodies before that is a way to be flooded.
        if (StringUtils.hasLength(request.getHeader(HttpHeaders.CONTENT_ENCODING))) {
            throw new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as it is, without Content-Encoding.");
        }
    }

    private static String mediaType(@Nullable String contentType) {
        String stated = contentType == null ? "" : contentType;
        int end = stated.indexOf(';');
        return (end < 0 ? stated : stated.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    static Webhook read(HttpServletRequest request, byte[] body, String publicUrl) {
        String query = request.getQueryString();
        String url = publicUrl + request.getRequestURI() + (query == null ? "" : "?" + query);
        var delivery = new Delivery(url, name -> Optional.ofNullable(request.getHeader(name)), body);
        return new Webhook(delivery, kept(request), request.getRemoteAddr());
    }

    private static String kept(HttpServletRequest request) {
        var kept = Json.object().put("remote-address", request.getRemoteAddr());
        for (String name : Collections.list(request.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("content-type") || lower.equals("user-agent") || lower.endsWith("-signature")) {
                kept.put(lower, request.getHeader(name));
            }
        }
        return Json.write(kept);
    }
}
