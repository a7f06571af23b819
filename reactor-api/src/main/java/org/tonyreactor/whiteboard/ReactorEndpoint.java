package org.tonyreactor.whiteboard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Where and how a {@code @Component(service = ProtocolFactory.class)} is served. Each member writes the service property
 * of the same name in {@link ReactorConstants}, where units and meanings are told; configuration of the component
 * overrides them live. The defaults here are the engine's own.
 *
 * <pre>{@code
 * @ReactorEndpoint(port = 7007)
 * @Component(service = ProtocolFactory.class)
 * public final class EchoFactory implements ProtocolFactory { ... }
 * }</pre>
 */
@ComponentPropertyType
@RequireReactor
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ReactorEndpoint {
    /** Every member's property is in the {@code reactor.} namespace. */
    String PREFIX_ = "reactor.";

    /**
     * See {@link ReactorConstants#PORT}.
     *
     * @return TCP ports, 0 to 65535
     */
    int[] port();

    /**
     * See {@link ReactorConstants#NAME}.
     *
     * @return the endpoint's name; empty for one made of the component's name
     */
    String name() default "";

    /**
     * See {@link ReactorConstants#HOST}.
     *
     * @return the hosts to bind; {@code *} is all interfaces
     */
    String[] host() default "127.0.0.1";

    /**
     * See {@link ReactorConstants#BACKLOG}.
     *
     * @return connections the kernel may queue
     */
    int backlog() default ReactorConstants.DEFAULT_BACKLOG;

    /**
     * See {@link ReactorConstants#CONNECTIONS_MAX}.
     *
     * @return connections; 0 is no bound
     */
    int connections_max() default 0;

    /**
     * See {@link ReactorConstants#IDLE_TIMEOUT_MILLIS}.
     *
     * @return milliseconds; 0 is never
     */
    long idle_timeout_millis() default 0;

    /**
     * See {@link ReactorConstants#INPUT_MAX_BYTES}.
     *
     * @return bytes
     */
    int input_max_bytes() default ReactorConstants.DEFAULT_INPUT_MAX_BYTES;

    /**
     * See {@link ReactorConstants#OUTPUT_HIGH_BYTES}.
     *
     * @return bytes
     */
    long output_high_bytes() default ReactorConstants.DEFAULT_OUTPUT_HIGH_BYTES;

    /**
     * See {@link ReactorConstants#OUTPUT_LOW_BYTES}.
     *
     * @return bytes
     */
    long output_low_bytes() default ReactorConstants.DEFAULT_OUTPUT_LOW_BYTES;

    /**
     * See {@link ReactorConstants#OUTPUT_MAX_BYTES}.
     *
     * @return bytes
     */
    long output_max_bytes() default ReactorConstants.DEFAULT_OUTPUT_MAX_BYTES;

    /**
     * See {@link ReactorConstants#OUTPUT_PAUSE_READING}.
     *
     * @return whether the engine stops reading above the high-water mark
     */
    boolean output_pause_reading() default true;

    /**
     * See {@link ReactorConstants#INPUT_ENDED_TIMEOUT_MILLIS}.
     *
     * @return milliseconds
     */
    long input_ended_timeout_millis() default ReactorConstants.DEFAULT_INPUT_ENDED_TIMEOUT_MILLIS;

    /**
     * See {@link ReactorConstants#DRAIN_TIMEOUT_MILLIS}.
     *
     * @return milliseconds
     */
    long drain_timeout_millis() default ReactorConstants.DEFAULT_DRAIN_TIMEOUT_MILLIS;

    /**
     * See {@link ReactorConstants#HOLD_TIMEOUT_MILLIS}.
     *
     * @return milliseconds
     */
    long hold_timeout_millis() default ReactorConstants.DEFAULT_HOLD_TIMEOUT_MILLIS;

    /**
     * See {@link ReactorConstants#HOLD_CONNECTIONS_MAX}.
     *
     * @return connections
     */
    int hold_connections_max() default ReactorConstants.DEFAULT_HOLD_CONNECTIONS_MAX;

    /**
     * See {@link ReactorConstants#TAKEOVER}.
     *
     * @return whether connections of worse-ranked factories are handed over to this one
     */
    boolean takeover() default false;

    /**
     * See {@link ReactorConstants#WEIGHT}.
     *
     * @return percent
     */
    int weight() default ReactorConstants.DEFAULT_WEIGHT;

    /**
     * See {@link ReactorConstants#QUARANTINE_FAILURES}.
     *
     * @return connections; 0 is never
     */
    int quarantine_failures() default ReactorConstants.DEFAULT_QUARANTINE_FAILURES;

    /**
     * See {@link ReactorConstants#QUARANTINE_PERCENT}.
     *
     * @return percent
     */
    int quarantine_percent() default ReactorConstants.DEFAULT_QUARANTINE_PERCENT;

    /**
     * See {@link ReactorConstants#QUARANTINE_WINDOW_MILLIS}.
     *
     * @return milliseconds
     */
    long quarantine_window_millis() default ReactorConstants.DEFAULT_QUARANTINE_WINDOW_MILLIS;

    /**
     * See {@link ReactorConstants#TCP_NODELAY}.
     *
     * @return whether small writes are sent at once
     */
    boolean tcp_nodelay() default true;

    /**
     * See {@link ReactorConstants#TCP_KEEPALIVE}.
     *
     * @return whether the kernel probes silent peers
     */
    boolean tcp_keepalive() default false;

    /**
     * See {@link ReactorConstants#TARGET}.
     *
     * @return an LDAP filter over the engine's properties; empty for any engine
     */
    String target() default "";
}
