package org.tonyreactor.whiteboard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * When a factory whose connections fail is replaced by the next in rank, beside {@link ReactorEndpoint}. Every member
 * takes one value. A member that is not set writes no property.
 */
@ComponentPropertyType
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface QuarantinePolicy {
    /** The prefix of the properties' names. */
    String PREFIX_ = "reactor.quarantine.";

    /** {@return {@code reactor.quarantine.failures}, in connections; 0 is never} */
    int[] failures() default {};

    /** {@return {@code reactor.quarantine.percent}, in percent} */
    int[] percent() default {};

    /** {@return {@code reactor.quarantine.window.millis}, in milliseconds} */
    long[] window_millis() default {};
}
