package dev.patchbay.kernel.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The greatest length of one member of a request body, where {@link RequestBounds} has another default. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface MaxLength {

    /** Of a text in characters; of a JSON value in characters of its compact form. */
    int value();
}
