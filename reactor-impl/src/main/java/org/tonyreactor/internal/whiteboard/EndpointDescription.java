package org.tonyreactor.internal.whiteboard;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.tonyreactor.reactor.EndpointProperty;

/**
 * The description of the configurations of one PID. Immutable.
 *
 * @param pid the PID
 * @param declared all properties
 * @param inForce the component's present properties; a tool starts from these, so it keeps the values that the author
 *     of the component has set
 */
record EndpointDescription(String pid, List<EndpointProperty> declared, Map<String, Object> inForce)
        implements ObjectClassDefinition {
    @Override
    public String getName() {
        return "tonyReactor endpoint " + pid;
    }

    @Override
    public String getID() {
        return pid;
    }

    @Override
    public String getDescription() {
        return "Where and how the protocol is served. What is left out is as the component's author has set it.";
    }

    @Override
    public AttributeDefinition @Nullable [] getAttributeDefinitions(int filter) {
        AttributeDefinition[] wanted = declared.stream()
                .map(property -> new PropertyDescription(property, inForce))
                .filter(each -> filter == ALL || (filter == REQUIRED) == each.isRequired())
                .toArray(AttributeDefinition[]::new);
        return wanted.length == 0 ? null : wanted;
    }

    /** There is none. */
    @Override
    public @Nullable InputStream getIcon(int size) {
        return null;
    }
}
