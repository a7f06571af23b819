package org.tonyreactor.whiteboard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Limits for the pending output of a connection, beside {@link ReactorEndpoint}. Every member takes one value. A
 * member that is not set writes no property.
 */
@ComponentPropertyType
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface OutputLimits {
    /** The prefix of the properties' names. */
    String PREFIX_ = "reactor.output.";

    /** {@return {@code reactor.output.high.bytes}, in bytes} */
    long[] high_bytes() default {};

    /** {@return {@code reactor.output.low.bytes}, in bytes} */
    long[] low_bytes() default {};

    /** {@return {@code reactor.output.max.bytes}, in bytes} */
    long[] max_bytes() default {};

    /** {@return {@code reactor.output.pause.reading}} */
    boolean[] pause_reading() default {};
}
