package org.tonyreactor.whiteboard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Where a {@code @Component(service = ProtocolFactory.class)} is served. Each member that is set writes a
 * service property; configuration of the component overrides it. {@link ConnectionLimits}, {@link OutputLimits},
 * {@link HoldPolicy}, {@link QuarantinePolicy}, {@link TrafficShare} and {@link TcpOptions} beside it say how.
 * {@link org.tonyreactor.reactor.EndpointProperty} has the meaning of the properties and their defaults.
 *
 * <pre>{@code
 * @ReactorEndpoint(port = 7007)
 * @HoldPolicy(timeout_millis = 0)
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
    /** The prefix of the properties' names. */
    String PREFIX_ = "reactor.";

    /** {@return {@code reactor.port}: TCP ports, 0 to 65535; none leaves them to configuration} */
    int[] port() default {};

    /** {@return {@code reactor.host}: the addresses to bind; {@code *} is all interfaces} */
    String[] host() default {};

    /** {@return {@code reactor.name}: the endpoint's name; one value} */
    String[] name() default {};

    /** {@return {@code reactor.target}: an LDAP filter over the engine's properties; one value} */
    String[] target() default {};
}
