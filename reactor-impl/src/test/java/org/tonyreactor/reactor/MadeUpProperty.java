package org.tonyreactor.reactor;

import java.util.ArrayList;
import java.util.List;
import org.tonyreactor.reactor.EndpointProperty.Group;
import org.tonyreactor.reactor.EndpointProperty.Kind;

/** A property that the product does not know. */
public final class MadeUpProperty {
    public static final EndpointProperty LAG = new EndpointProperty(
            Group.OUTPUT, "reactor.output.lag.millis", 7L, Kind.number("milliseconds", 1, 99), "What it is for.");

    private MadeUpProperty() {}

    /** All that are declared, and this one. */
    public static List<EndpointProperty> besideTheOthers() {
        List<EndpointProperty> all = new ArrayList<>(EndpointProperty.all());
        all.add(LAG);
        return all;
    }
}
