package org.tonyreactor.internal.whiteboard;

import java.util.Map;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.reactor.Reactor;

/**
 * What every served factory needs: the engine and what the factories share.
 *
 * @param engine binds and serves
 * @param properties what a factory's target filter is matched with
 * @param timers schedule retries; their calls run on a worker
 * @param changes counts and announces the changes of the endpoints
 * @param leaks watches the class loaders of factories that have gone
 */
record ServingContext(
        Engine engine, Map<String, ?> properties, Reactor timers, ChangeCount changes, ClassLoaderLeaks leaks) {}
