package org.tonyreactor.internal.engine.log;

import org.slf4j.Logger;

/**
 * What is said to the log. It is text: what has been thrown or named would keep a bundle that goes while the line waits.
 *
 * @param logger the log's end of it
 * @param level its weight
 * @param text what it says, printable
 * @param dropped how many lines before it found no room
 */
record Line(Logger logger, Level level, String text, long dropped) {
    Line(Logger logger, Level level, String text) {
        this(logger, level, text, 0);
    }

    Line after(long droppedLines) {
        return droppedLines == 0 ? this : new Line(logger, level, text, droppedLines);
    }

    void write() {
        level.write(logger, text);
    }
}
