package dev.patchbay.connections.spi;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks the settings of a port's bindings for what a JSON Schema cannot say, before they are stored. */
public interface BindingRule {

    /** The port whose bindings it checks. */
    String port();

    /**
     * Each problem as {@code <pointer>: <sentence>}, for example {@code /hours/from: …}; none for settings that make sense.
     *
     * @param settings as the schema of provider and port allows them
     */
    List<String> findProblems(JsonNode settings);
}
