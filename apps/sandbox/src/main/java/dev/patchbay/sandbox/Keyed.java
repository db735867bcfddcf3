package dev.patchbay.sandbox;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** A vendor of whom only one thing is asked so far: whether it knows an API key. */
record Keyed(
        String name,
        Books books,
        Shelf accounts,
        Shelf log,
        String operation,
        String path,
        Function<Request, String> key)
        implements Vendor {

    static Keyed n8n(Books books) {
        return new Keyed(
                "n8n",
                books,
                Shelf.N8N_ACCOUNTS,
                Shelf.N8N_LOG,
                "workflows.list",
                "/api/v1/workflows",
                request -> request.header("X-N8N-API-KEY"));
    }

    static Keyed openRouter(Books books) {
        return new Keyed(
                "openrouter",
                books,
                Shelf.OPENROUTER_ACCOUNTS,
                Shelf.OPENROUTER_LOG,
                "key.get",
                "/api/v1/key",
                Request::bearer);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of(operation, "GET", path, this::answer));
    }

    void putAccount(ObjectNode account) {
        books.put(accounts, Json.text(account, "apiKey"), account);
    }

    private Answer answer(Request request) {
        if (books.find(accounts, key.apply(request)).isEmpty()) {
            return problem(401, "unauthorized");
        }
        ObjectNode answer = Json.object();
        answer.set(
                "data",
                name.equals("n8n") ? Json.array(List.of()) : Json.object().put("label", "sandbox"));
        return Answer.ok(answer);
    }

    @Override
    public Answer problem(int status, String message) {
        return Answer.json(status, Json.object().put("message", message));
    }
}
