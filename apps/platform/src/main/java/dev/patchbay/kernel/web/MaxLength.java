package dev.patchbay.kernel.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The greatest length of one member of a request body, instead of the default in {@link RequestBounds}. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface MaxLength {

    /** Returns the length in characters: of a text, or of a JSON value in its compact form. */
    int value();
}
