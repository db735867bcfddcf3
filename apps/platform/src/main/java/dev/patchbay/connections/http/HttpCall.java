package dev.patchbay.connections.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Describes one request to a provider.
 *
 * @param operation names the contract, for example {@code highlevel/contacts.create}: its schemas are
 *     {@code contracts/providers/highlevel/contacts.create.request.schema.json} and {@code ….response.schema.json}
 * @param body JSON to send; null sends none (unless {@code form} is set)
 * @param form fields of an {@code application/x-www-form-urlencoded} body
 */
public record HttpCall(
        String operation,
        String method,
        URI uri,
        Map<String, String> headers,
        @Nullable JsonNode body,
        @Nullable Map<String, List<String>> form) {

    /** Makes a GET without a body. */
    public static HttpCall get(String operation, URI uri) {
        return new HttpCall(operation, "GET", uri, Map.of(), null, null);
    }

    /** Makes a request with a JSON body. */
    public static HttpCall json(String operation, String method, URI uri, JsonNode body) {
        return new HttpCall(operation, method, uri, Map.of(), body, null);
    }

    /** Makes a POST of a form in which each field has one value. */
    public static HttpCall form(String operation, URI uri, Map<String, String> fields) {
        var form = new LinkedHashMap<String, List<String>>();
        fields.forEach((name, value) -> form.put(name, List.of(value)));
        return formOfLists(operation, uri, form);
    }

    /**
     * Makes a POST of a form in which a field may have several values.
     *
     * @param fields the fields, in order; a field with several values is sent several times
     */
    public static HttpCall formOfLists(String operation, URI uri, Map<String, List<String>> fields) {
        return new HttpCall(operation, "POST", uri, Map.of(), null, new LinkedHashMap<>(fields));
    }

    /** Returns the same call with one more header. */
    public HttpCall withHeader(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpCall(operation, method, uri, more, body, form);
    }
}
