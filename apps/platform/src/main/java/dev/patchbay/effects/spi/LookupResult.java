package dev.patchbay.effects.spi;

import java.util.List;

/** The provider's record of a request whose response was lost. */
public sealed interface LookupResult<T> {

    /**
     * It was carried out.
     *
     * @param providerIds all matches; more than one is an incident that a person sees
     */
    record Found<T>(T value, List<String> providerIds) implements LookupResult<T> {}

    /** It was not carried out: it may be sent again. */
    record Absent<T>() implements LookupResult<T> {}

    /** The provider did not answer: look up again later. */
    record Unavailable<T>(String sentence) implements LookupResult<T> {}

    /** The provider did not accept the access token. */
    record Unauthorized<T>(String sentence) implements LookupResult<T> {}

    /** The provider offers no way to tell: a person decides. */
    record Impossible<T>(String sentence) implements LookupResult<T> {}
}
