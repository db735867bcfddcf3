package dev.patchbay.effects.spi;

import java.util.List;

/** What a provider knows of an act whose answer was lost. */
public sealed interface LookupResult<T> {

    /**
     * It was done.
     *
     * @param providerIds every match; more than one is an incident that a person sees
     */
    record Found<T>(T value, List<String> providerIds) implements LookupResult<T> {}

    /** It was not done: it may be sent again. */
    record Absent<T>() implements LookupResult<T> {}

    /** The provider could not be asked: ask again later. */
    record Unavailable<T>(String sentence) implements LookupResult<T> {}

    /** The access token was not accepted. */
    record Unauthorized<T>(String sentence) implements LookupResult<T> {}

    /** The provider offers no way to tell: a person decides. */
    record Impossible<T>(String sentence) implements LookupResult<T> {}
}
