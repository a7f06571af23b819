package org.tonyreactor.internal.engine.log;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;

/** A log's end that keeps what it is given, and does before that what a test says. */
final class RecordingLogger {
    final List<String> texts = new CopyOnWriteArrayList<>();
    volatile Runnable before = () -> {};

    Log log() {
        return new Log((Logger) Proxy.newProxyInstance(
                RecordingLogger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, args) -> {
                    if (method.getReturnType() == boolean.class) {
                        return true;
                    }
                    before.run();
                    texts.add(method.getName().toUpperCase(Locale.ROOT) + " " + args[0]);
                    return null;
                }));
    }
}
