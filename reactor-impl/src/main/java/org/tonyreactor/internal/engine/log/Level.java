package org.tonyreactor.internal.engine.log;

import org.slf4j.Logger;

/** How much weight a line has. */
enum Level {
    DEBUG {
        @Override
        void write(Logger logger, String text) {
            logger.debug(text);
        }
    },
    INFO {
        @Override
        void write(Logger logger, String text) {
            logger.info(text);
        }
    },
    WARN {
        @Override
        void write(Logger logger, String text) {
            logger.warn(text);
        }
    },
    ERROR {
        @Override
        void write(Logger logger, String text) {
            logger.error(text);
        }
    };

    /** Gives a text to the log, which may wait for a disk and may throw. */
    abstract void write(Logger logger, String text);
}
