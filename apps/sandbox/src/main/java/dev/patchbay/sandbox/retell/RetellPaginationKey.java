package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.retell.RetellCallCatalog.Position;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** The key of the next page of a list of calls: opaque to clients, the place of the last call to us. */
final class RetellPaginationKey {

    private RetellPaginationKey() {}

    static String write(ObjectNode lastCall) {
        Position position = Position.of(lastCall);
        String text = position.start() + " " + position.callId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Keys of earlier versions, which are stored as cursors, are ids of calls. */
    static Position read(String key, RetellCallCatalog catalog, String apiKey) {
        if (key.startsWith("call_")) {
            return catalog.find(apiKey, key).map(Position::of).orElseThrow(RetellPaginationKey::invalid);
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(key), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            return new Position(Long.parseLong(text.substring(0, Math.max(0, space))), text.substring(space + 1));
        } catch (IllegalArgumentException malformed) {
            throw invalid();
        }
    }

    private static RuntimeException invalid() {
        return RetellErrors.error(400, "Invalid pagination_key");
    }
}
