package dev.patchbay.insights.web;

import com.fasterxml.jackson.annotation.JsonValue;

/** A page of the portal, named by its route, so that no id and no search text becomes the label of a metric. */
enum PortalPage {
    HOME("/"),
    CALLS("/calls"),
    CALL("/calls/{id}"),
    CALLBACKS("/callbacks"),
    DEAD_LETTERS("/dead-letters"),
    FIND("/find"),
    RECONCILIATION("/reconciliation"),
    RUN("/runs/{id}"),
    USAGE("/usage");

    private final String route;

    PortalPage(String route) {
        this.route = route;
    }

    /** Returns the route as requests and metrics write it. */
    @JsonValue
    String route() {
        return route;
    }
}
