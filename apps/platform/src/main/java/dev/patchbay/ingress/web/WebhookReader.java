package dev.patchbay.ingress.web;

import dev.patchbay.ingress.ingestion.ReceivedWebhook;
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

/** Checks and reads a webhook request: raw bytes with their headers. */
final class WebhookReader {

    private WebhookReader() {}

    /**
     * Checks the headers, before the body is read.
     *
     * @throws Problem {@code 415.unsupported_media_type} when the provider sends no such bodies
     */
    static void requireReadable(HttpServletRequest request, Normaliser normaliser) {
        Set<String> accepted = normaliser.mediaTypes();
        if (!accepted.contains(mediaType(request.getContentType()))) {
            throw new Problem(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Send " + String.join(" or ", accepted.stream().sorted().toList()) + ".");
        }
        // The signature covers the bytes as sent, and decompressing a body before it is authenticated invites a flood.
        if (StringUtils.hasLength(request.getHeader(HttpHeaders.CONTENT_ENCODING))) {
            throw new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as it is, without Content-Encoding.");
        }
    }

    private static String mediaType(@Nullable String contentType) {
        String stated = contentType == null ? "" : contentType;
        int end = stated.indexOf(';');
        return (end < 0 ? stated : stated.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    static ReceivedWebhook read(HttpServletRequest request, byte[] body, String publicUrl) {
        String query = request.getQueryString();
        String url = publicUrl + request.getRequestURI() + (query == null ? "" : "?" + query);
        var delivery = new Delivery(url, name -> Optional.ofNullable(request.getHeader(name)), body);
        return new ReceivedWebhook(delivery, auditHeaders(request), request.getRemoteAddr());
    }

    private static String auditHeaders(HttpServletRequest request) {
        var headers = Json.object().put("remote-address", request.getRemoteAddr());
        for (String name : Collections.list(request.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("content-type") || lower.equals("user-agent") || lower.endsWith("-signature")) {
                headers.put(lower, request.getHeader(name));
            }
        }
        return Json.write(headers);
    }
}
