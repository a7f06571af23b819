package org.tonyreactor.whiteboard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Limits for each connection, and for their number, beside {@link ReactorEndpoint}. Every member takes one value. A
 * member that is not set writes no property.
 */
@ComponentPropertyType
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ConnectionLimits {
    /** The prefix of the properties' names. */
    String PREFIX_ = "reactor.";

    /** {@return {@code reactor.backlog}, in connections} */
    int[] backlog() default {};

    /** {@return {@code reactor.connections.max}, in connections; 0 is no bound} */
    int[] connections_max() default {};

    /** {@return {@code reactor.connections.max.per.peer}, in connections; 0 is no bound} */
    int[] connections_max_per_peer() default {};

    /** {@return {@code reactor.accepts.per.second}, in connections per second; 0 is no bound} */
    int[] accepts_per_second() default {};

    /** {@return {@code reactor.accepts.per.second.per.peer}, in connections per second; 0 is no bound} */
    int[] accepts_per_second_per_peer() default {};

    /** {@return {@code reactor.first.byte.timeout.millis}, in milliseconds; 0 is for ever} */
    long[] first_byte_timeout_millis() default {};

    /** {@return {@code reactor.idle.timeout.millis}, in milliseconds; 0 is never} */
    long[] idle_timeout_millis() default {};

    /** {@return {@code reactor.input.max.bytes}, in bytes} */
    int[] input_max_bytes() default {};

    /** {@return {@code reactor.input.ended.timeout.millis}, in milliseconds; 0 is never} */
    long[] input_ended_timeout_millis() default {};

    /** {@return {@code reactor.drain.timeout.millis}, in milliseconds} */
    long[] drain_timeout_millis() default {};
}
