package org.tonyreactor.launcher;

import java.util.List;

/** Where it is told what becomes of {@code deploy/}. Any thread. */
interface DeployLog {
    void info(String line);

    /** Shown on the console too. */
    void warn(String line);

    /** Shown on the console too, with the frame of {@code stack} that is no class of the JDK; the log has all of them. */
    void warn(String line, List<StackTraceElement> stack);
}
