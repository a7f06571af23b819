package org.tonyreactor.reactor;

import java.util.List;
import java.util.stream.Collectors;

/** The table of the documentation. */
final class PropertyTable {
    private static final String HEAD =
            "| property | annotation | values | default | meaning |\n|---|---|---|---|---|\n";

    private PropertyTable() {}

    static String of(List<EndpointProperty> properties) {
        return properties.stream().map(PropertyTable::row).collect(Collectors.joining("\n", HEAD, "\n"));
    }

    private static String row(EndpointProperty property) {
        String annotation = MissingLines.annotation(property).getSimpleName();
        return "| "
                + String.join(
                        " | ",
                        "`" + property.name() + "`",
                        "`@" + annotation + "(" + MissingLines.member(property) + ")`",
                        values(property),
                        property.isRequired() ? "required" : byDefault(property),
                        property.sentence())
                + " |";
    }

    private static String byDefault(EndpointProperty property) {
        String text = property.byDefault().toString();
        return text.isEmpty() ? "none" : "`" + text + "`";
    }

    private static String values(EndpointProperty property) {
        String several = property.isMany() ? "one or more: " : "";
        if (property.type() == Boolean.class) {
            return several + "true or false";
        }
        if (property.type() == String.class) {
            return several + "text";
        }
        boolean isBounded = property.most() != Long.MAX_VALUE && property.most() != Integer.MAX_VALUE;
        return several
                + property.unit()
                + (isBounded ? ", " + property.least() + " to " + property.most() : ", from " + property.least());
    }
}
