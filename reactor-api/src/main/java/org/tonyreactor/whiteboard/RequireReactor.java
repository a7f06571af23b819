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
 * Says that a bundle needs the engine: bnd turns it into a {@code Require-Capability} header. So a resolver brings the
 * engine along, and a framework without the engine says what is missing. {@link ReactorEndpoint} has this annotation
 * already.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({TYPE, PACKAGE, ANNOTATION_TYPE})
@Requirement(
        namespace = ReactorConstants.IMPLEMENTATION_NAMESPACE,
        name = ReactorConstants.IMPLEMENTATION_NAME,
        version = ReactorConstants.IMPLEMENTATION_VERSION)
public @interface RequireReactor {}
