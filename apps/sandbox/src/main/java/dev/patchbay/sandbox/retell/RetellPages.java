package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Query parameters and pages of Retell's lists that are read by GET. */
final class RetellPages {

    private static final int MAX_LIMIT = 1000;

    private RetellPages() {}

    /** The version of the query; empty for the one with the highest number, which {@code latest} means as well. */
    static Optional<Integer> version(Request request) {
        return request.query("version")
                .filter(version -> !version.isEmpty() && !version.equals("latest"))
                .map(Integer::valueOf);
    }

    /** {@code {items, has_more, pagination_key}}; the key is the last record's id or number. */
    static Response page(List<ObjectNode> records, String idMember, Request request) {
        int limit = Math.clamp(request.queryInt("limit", 50), 1, MAX_LIMIT);
        List<String> ids =
                records.stream().map(record -> record.path(idMember).asString()).toList();
        List<ObjectNode> rest =
                records.subList(ids.indexOf(request.query("pagination_key").orElse("")) + 1, records.size());
        ArrayNode items = Json.array(rest.stream().limit(limit).toList());
        ObjectNode page = Json.object().put("has_more", rest.size() > items.size());
        page.set("items", items);
        if (rest.size() > items.size()) {
            page.put(
                    "pagination_key",
                    items.path(items.size() - 1).path(idMember).asString());
        }
        return Response.ok(page);
    }
}
