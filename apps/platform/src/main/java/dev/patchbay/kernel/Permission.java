package dev.patchbay.kernel;

import java.util.regex.Pattern;

/**
 * The permission for an action on a kind of resource, written {@code action:resource}: {@code read:flows}, {@code run:flows}.
 * In a role or a token, either half may be {@code *}.
 */
public record Permission(String action, String resource) {

    private static final Pattern FORM = Pattern.compile("(\\*|[a-z]{1,40}):(\\*|[a-z-]{1,40})");

    /**
     * Parses {@code action:resource}.
     *
     * @throws IllegalArgumentException when it is not of that form
     */
    public static Permission of(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not of the form action:resource: " + text);
        }
        return new Permission(parts.group(1), parts.group(2));
    }

    /** Whether this permission includes the other. */
    public boolean implies(Permission other) {
        return (action.equals("*") || action.equals(other.action))
                && (resource.equals("*") || resource.equals(other.resource));
    }

    @Override
    public String toString() {
        return action + ":" + resource;
    }
}
