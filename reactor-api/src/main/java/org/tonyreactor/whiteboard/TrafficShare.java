package org.tonyreactor.whiteboard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Which connections a factory gets if several factories serve its address, beside {@link ReactorEndpoint}. Every member
 * takes one value. A member that is not set writes no property.
 */
@ComponentPropertyType
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface TrafficShare {
    /** The prefix of the properties' names. */
    String PREFIX_ = "reactor.";

    /** {@return {@code reactor.weight}, in percent} */
    int[] weight() default {};

    /** {@return {@code reactor.takeover}} */
    boolean[] takeover() default {};
}
