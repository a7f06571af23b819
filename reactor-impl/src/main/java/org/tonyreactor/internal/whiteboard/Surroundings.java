package org.tonyreactor.internal.whiteboard;

import java.util.Map;
import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.reactor.Reactor;

/**
 * What every served factory works with.
 *
 * @param engine serves
 * @param properties what a factory's target filter is matched with
 * @param timers say when to try again; their calls run on a worker
 * @param changes counts what changed
 * @param leaks watches the class loaders of factories that have gone
 */
record Surroundings(
        Engine engine, Map<String, ?> properties, Reactor timers, ChangeCount changes, ClassLoaderLeaks leaks) {}
