package org.tonyreactor.whiteboard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Options of the sockets, beside {@link ReactorEndpoint}. Every member takes one value. A
 * member that is not set writes no property.
 */
@ComponentPropertyType
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface TcpOptions {
    /** The prefix of the properties' names. */
    String PREFIX_ = "reactor.tcp.";

    /** {@return {@code reactor.tcp.nodelay}} */
    boolean[] nodelay() default {};

    /** {@return {@code reactor.tcp.keepalive}} */
    boolean[] keepalive() default {};
}
