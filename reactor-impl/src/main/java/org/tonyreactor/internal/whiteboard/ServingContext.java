package org.tonyreactor.internal.whiteboard;

import org.tonyreactor.internal.engine.Engine;
import org.tonyreactor.reactor.Reactor;

/**
 * The engine and the other objects that all served factories share.
 *
 * @param engine binds and serves
 * @param reader reads the properties of factories
 * @param predecessors the last settings of factories that have gone
 * @param timers schedule retries; their calls run on a worker
 * @param changes counts and announces the changes of the endpoints
 * @param leaks watches the class loaders of factories that have gone
 */
record ServingContext(
        Engine engine,
        DeclarationReader reader,
        Predecessors predecessors,
        Reactor timers,
        ChangeCount changes,
        ClassLoaderLeaks leaks) {}
