package dev.patchbay.iam.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a controller's method: the permissions its caller must hold. The {@link Caller} argument carries the scope in which the
 * caller holds all of them; rows outside that scope are answered 404.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

    /** Permissions of {@link Permissions}, as {@code action:resource}; all of them. */
    String[] value();

    /** Whether the permissions must be held for the whole tenant, because the rows concerned belong to no single client. */
    boolean tenantWide() default false;

    /** The resource concerned, where roles may be assigned for a single one, with variables of the path: {@code flows/{id}}. */
    String resource() default "";
}
