package org.tonyreactor.guide;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.tonyreactor.protocol.Protocol;

/** Answers with the size of a file, and the file. */
final class Content extends Protocol {
    private final Path path;

    Content(Path path) {
        this.path = path;
    }

    @Override
    public void dataReceived(ByteBuffer data) throws IOException {
        data.position(data.limit()); // Whatever it asks for.
        FileChannel file = FileChannel.open(path);
        long size = file.size();
        write(size + "\n");
        transport().sendFile(file, 0, size);
    }
}
