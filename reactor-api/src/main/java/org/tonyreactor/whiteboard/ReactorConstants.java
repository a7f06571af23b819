package org.tonyreactor.whiteboard;

/**
 * Names that the engine and its users share. The properties of an endpoint are declared in
 * {@link org.tonyreactor.reactor.EndpointProperty}.
 */
public final class ReactorConstants {
    /** The namespace of the engine's capability. */
    public static final String IMPLEMENTATION_NAMESPACE = "osgi.implementation";
    /** The name of the engine's capability. */
    public static final String IMPLEMENTATION_NAME = "tonyreactor";
    /** The version of the engine's capability. */
    public static final String IMPLEMENTATION_VERSION = "1.0.0";
    /** The engine's configuration PID. */
    public static final String ENGINE_PID = "org.tonyreactor";
    /** String: the service property of {@code ReactorRuntime} that names the engine, for {@code reactor.target}. */
    public static final String ENGINE_NAME = "reactor.engine.name";
    /** Long: the service property of {@code ReactorRuntime} that grows with every change of the endpoints. */
    public static final String CHANGE_COUNT = "service.changecount";

    private ReactorConstants() {}
}
