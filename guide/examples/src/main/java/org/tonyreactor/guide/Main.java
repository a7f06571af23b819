package org.tonyreactor.guide;

import java.io.IOException;
import org.tonyreactor.reactor.EndpointSettings;
import org.tonyreactor.reactor.ListeningPort;
import org.tonyreactor.standalone.StandaloneReactor;

/** A server without OSGi. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        try (StandaloneReactor reactor = StandaloneReactor.start();
                ListeningPort lines = reactor.listen(EndpointSettings.port(7021), peer -> new Lines())) {
            System.out.println("serving " + lines.localAddress() + " until Return is pressed");
            System.in.read();
        }
    }
}
