package org.tonyreactor.shell.why;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.util.promise.Promise;

/** A component runtime that knows one component in every bundle. */
final class FakeComponents implements ServiceComponentRuntime {
    final ComponentDescriptionDTO component = new ComponentDescriptionDTO();
    final List<ComponentConfigurationDTO> configurations = new ArrayList<>();
    boolean enabled = true;

    FakeComponents(String service) {
        component.name = "org.example.Chat";
        component.serviceInterfaces = new String[] {service};
        component.configurationPid = new String[] {"org.example.chat"};
        component.references = new ReferenceDTO[0];
    }

    ComponentConfigurationDTO configuration(int state) {
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.state = state;
        configurations.add(configuration);
        return configuration;
    }

    @Override
    public Collection<ComponentDescriptionDTO> getComponentDescriptionDTOs(Bundle... bundles) {
        return List.of(component);
    }

    @Override
    public @Nullable ComponentDescriptionDTO getComponentDescriptionDTO(Bundle bundle, String name) {
        return component;
    }

    @Override
    public Collection<ComponentConfigurationDTO> getComponentConfigurationDTOs(ComponentDescriptionDTO description) {
        return configurations;
    }

    @Override
    public boolean isComponentEnabled(ComponentDescriptionDTO description) {
        return enabled;
    }

    @Override
    public Promise<Void> enableComponent(ComponentDescriptionDTO description) {
        throw new AssertionError("why only asks");
    }

    @Override
    public Promise<Void> disableComponent(ComponentDescriptionDTO description) {
        throw new AssertionError("why only asks");
    }
}
