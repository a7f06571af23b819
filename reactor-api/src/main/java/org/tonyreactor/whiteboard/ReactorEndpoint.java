package org.tonyreactor.whiteboard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Where a {@code @Component(service = ProtocolFactory.class)} is served. Each member writes a service property, and nothing
 * when it is not set; configuration of the component overrides it. {@link ConnectionLimits}, {@link OutputLimits},
 * {@link HoldPolicy}, {@link QuarantinePolicy}, {@link TrafficShare} and {@link TcpOptions} beside it say how. What the
 * properties mean, and their defaults, is told by {@link org.tonyreactor.reactor.EndpointProperty}.
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
    /** What the properties' names begin with. */
    String PREFIX_ = "reactor.";

    /** {@return {@code reactor.port}: TCP ports, 0 to 65535; none leaves them to configuration} */
    int[] port() default {};

    /** {@return {@code reactor.host}: the addresses to bind; {@code *} is all interfaces} */
    String[] host() default {};

    /** {@return {@code reactor.name}: the endpoint's name, one} */
    String[] name() default {};

    /** {@return {@code reactor.target}: an LDAP filter over the engine's properties, one} */
    String[] target() default {};
}
