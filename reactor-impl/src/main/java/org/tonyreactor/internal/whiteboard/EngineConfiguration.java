package org.tonyreactor.internal.whiteboard;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The engine's settings as a person sees them. The names in the configuration have dots in place of underscores. */
@ObjectClassDefinition(
        name = "tonyReactor engine",
        description = "Threads, buffers and limits of the engine. All but the number of workers apply at once.")
@interface EngineConfiguration {
    @AttributeDefinition(
            name = "Workers",
            description = "Worker threads; 0 is one per processor. Takes effect when the engine starts again.",
            min = "0",
            max = "1024")
    int workers() default 0;

    @AttributeDefinition(
            name = "Initial connections in the pool",
            description = "Slots the pool starts with and shrinks back to. Takes effect when the engine starts again.",
            min = "1",
            max = "16777216")
    int pool_initial_connections() default 64;

    @AttributeDefinition(
            name = "Most connections in the pool",
            description = "Connections that may be open at once; more are turned away. 0 is no bound.",
            min = "0",
            max = "16777216")
    int pool_max_connections() default 0;

    @AttributeDefinition(
            name = "Read buffer (bytes)",
            description = "Bytes a worker reads at once; each worker has one such buffer.",
            min = "512",
            max = "67108864")
    int read_buffer_bytes() default 65_536;

    @AttributeDefinition(
            name = "Accepts per turn",
            description = "Connections taken from one listener before other work is looked at.",
            min = "1")
    int accepts_per_turn() default 256;

    @AttributeDefinition(
            name = "Watchdog (milliseconds)",
            description = "A callback that takes longer is reported with its stack. 0 is never.",
            min = "0")
    long watchdog_warn_millis() default 2_000;

    @AttributeDefinition(
            name = "Stop time-out (milliseconds)",
            description = "How long a stop of the engine takes at most. Connections have most of it to finish.",
            min = "0")
    long stop_timeout_millis() default 10_000;

    @AttributeDefinition(
            name = "Memory (bytes)",
            description =
                    "What all that waits in the engine for somebody may occupy. 0 is a quarter of the largest heap.",
            min = "0",
            max = "1125899906842624")
    long memory_max_bytes() default 0;

    @AttributeDefinition(
            name = "High memory (percent)",
            description = "The part of the memory above which the engine reads less.",
            min = "1",
            max = "100")
    int memory_high_percent() default 75;
}
