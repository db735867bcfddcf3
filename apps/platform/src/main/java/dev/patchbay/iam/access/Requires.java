package dev.patchbay.iam.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a controller's method: what its caller must be allowed. The {@link Caller} it is given then has the scope in which all
 * of it is allowed; what lies outside does not exist for them and is answered 404.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

    /** Permissions of {@link Permissions}, as {@code action:resource}; all of them. */
    String[] value();

    /** Whether it has to be held for the whole tenant, because what is touched is not one client's. */
    boolean tenantWide() default false;

    /** What is touched, where a single one may be given away, with variables of the path: {@code flows/{id}}. */
    String resource() default "";
}
