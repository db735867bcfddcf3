package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 400 to addresses that cannot be decoded, and to paths that escape characters without need. Filters compare the path
 * as written and controllers compare the decoded path, so a path must have only one spelling. Therefore a path must not escape
 * a character that needs no escape (RFC 3986, section 2.3).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class UrlEncodingFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    UrlEncodingFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var objection = objectionTo(request);
        if (objection.isPresent()) {
            problems.write(request, response, new Problem(ProblemType.MALFORMED_REQUEST, objection.get()));
            return;
        }
        chain.doFilter(request, response);
    }

    private static Optional<String> objectionTo(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (escapesUnreserved(path)) {
            return Optional.of("The path escapes a letter, a digit or one of -._~; write it as it is.");
        }
        String query = request.getQueryString();
        boolean decodable = isDecodable(path) && (query == null || isDecodable(query));
        return decodable
                ? Optional.empty()
                : Optional.of("The path or a parameter has an escape that is not UTF-8, is incomplete, or means NUL.");
    }

    private static boolean escapesUnreserved(String path) {
        for (int at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 1)) {
            int octet = octetAt(path, at);
            if (octet >= 0 && octet < 0x80 && isUnreserved((char) octet)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnreserved(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || "-._~".indexOf(character) >= 0;
    }

    /** Returns whether all escapes together are UTF-8 without NUL. */
    private static boolean isDecodable(String text) {
        var octets = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == 0) {
                return false;
            }
            if (text.charAt(at) != '%') {
                octets.write('x'); // ends a sequence of escapes; its value does not matter
                at++;
                continue;
            }
            int octet = octetAt(text, at);
            if (octet <= 0) {
                return false;
            }
            octets.write(octet);
            at += 3;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.toByteArray()));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    /** Returns the octet of the escape that begins there; -1 when there is none. */
    private static int octetAt(String text, int at) {
        return at + 2 < text.length()
                        && HexFormat.isHexDigit(text.charAt(at + 1))
                        && HexFormat.isHexDigit(text.charAt(at + 2))
                ? HexFormat.fromHexDigits(text, at + 1, at + 3)
                : -1;
    }
}
