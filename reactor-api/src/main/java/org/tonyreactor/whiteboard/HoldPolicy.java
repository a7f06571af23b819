package org.tonyreactor.whiteboard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * How the address is held for the next factory, beside {@link ReactorEndpoint}. Every member takes one value. A
 * member that is not set writes no property.
 */
@ComponentPropertyType
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface HoldPolicy {
    /** The prefix of the properties' names. */
    String PREFIX_ = "reactor.hold.";

    /** {@return {@code reactor.hold.timeout.millis}, in milliseconds; 0 closes the port at once} */
    long[] timeout_millis() default {};

    /** {@return {@code reactor.hold.connections.max}, in connections} */
    int[] connections_max() default {};
}
