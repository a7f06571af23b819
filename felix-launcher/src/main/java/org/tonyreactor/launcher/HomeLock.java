package org.tonyreactor.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second server out of a home. The system drops the lock when the process ends, however it ends; the process id
 * in the file is for people only.
 */
final class HomeLock {
    /** The locked byte lies behind the process id, which stays readable where locks are mandatory. */
    private static final long LOCKED_BYTE = 1 << 20;

    /** Kept open, and with it the lock, until the process ends. */
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    static HomeLock take(Home home) throws StartFailure {
        Path file = home.cache().resolve("lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                String holder = Files.readString(file, StandardCharsets.UTF_8).strip();
                channel.close();
                throw new StartFailure("the home " + home.root() + " is in use by the running server with process id "
                        + holder + ": stop that one or choose another home with --home DIR");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
            return new HomeLock(channel);
        } catch (IOException e) {
            throw home.unwritable(e);
        }
    }

    /** Lets the next server in. */
    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            // The system releases it with the end of the process.
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
