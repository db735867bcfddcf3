package dev.patchbay.ingress.web;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

/**
 * A request, read as what it is: raw bytes with their headers.
 *
 * @param headers those an auditor needs, as JSON
 */
record Webhook(Delivery delivery, String headers) {

    private static final Pattern KEPT = Pattern.compile("content-type|user-agent|.*-signature");

    /**
     * @throws Problem {@code 415.unsupported_media_type}, or {@code 413.payload_too_large} while reading
     */
    static Webhook read(HttpServletRequest request, Normaliser normaliser, String publicUrl) throws IOException {
        requireKnown(request, normaliser.mediaTypes());
        // The filter before every controller counts what is read and refuses more than 1 MiB, whatever Content-Length
        // says.
        byte[] body = request.getInputStream().readAllBytes();
        String query = request.getQueryString();
        String url = publicUrl + request.getRequestURI() + (query == null ? "" : "?" + query);
        var delivery = new Delivery(url, name -> Optional.ofNullable(request.getHeader(name)), body);
        return new Webhook(delivery, kept(request));
    }

    private static void requireKnown(HttpServletRequest request, Set<String> mediaTypes) {
        if (!mediaTypes.contains(mediaType(request.getContentType()))) {
            throw new Problem(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Send " + String.join(" or ", mediaTypes.stream().sorted().toList()) + ".");
        }
        if (StringUtils.hasLength(request.getHeader(HttpHeaders.CONTENT_ENCODING))) {
            throw new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as it is, without Content-Encoding.");
        }
    }

    private static String mediaType(@Nullable String contentType) {
        try {
            var type = MediaType.parseMediaType(String.valueOf(contentType));
            return type.getType() + "/" + type.getSubtype();
        } catch (InvalidMediaTypeException nonsense) {
            return "";
        }
    }

    private static String kept(HttpServletRequest request) {
        var kept = Json.object().put("remote-address", request.getRemoteAddr());
        for (String name : Collections.list(request.getHeaderNames())) {
            if (KEPT.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                kept.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
            }
        }
        return Json.write(kept);
    }
}
