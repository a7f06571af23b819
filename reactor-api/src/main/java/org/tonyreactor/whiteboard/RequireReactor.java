package org.tonyreactor.whiteboard;

import static java.lang.annotation.ElementType.ANNOTATION_TYPE;
import static java.lang.annotation.ElementType.PACKAGE;
import static java.lang.annotation.ElementType.TYPE;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;

/**
 * Says that a bundle needs the engine: bnd turns it into a {@code Require-Capability} header, so that a resolver pulls
 * the engine in, and a framework says what is missing when it is not there. {@link ReactorEndpoint} carries it already.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({TYPE, PACKAGE, ANNOTATION_TYPE})
@Requirement(
        namespace = ReactorConstants.IMPLEMENTATION_NAMESPACE,
        name = ReactorConstants.IMPLEMENTATION_NAME,
        version = ReactorConstants.IMPLEMENTATION_VERSION)
public @interface RequireReactor {}
