package org.tonyreactor.shell.gogo;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.tonyreactor.shell.Candidates;

/** Offers the commands to Gogo for as long as the bundle is active, with or without an engine. */
@Component(
        service = {},
        immediate = true,
        name = "org.tonyreactor.shell")
public final class GogoShell {
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /** By the component runtime. */
    @Activate
    public GogoShell(BundleContext context) {
        List<Signature> signatures = Signatures.all();
        for (Signature signature : signatures) {
            register(context, signature.name(), new GogoCommand(context, signature));
        }
        for (Candidates candidates : Candidates.values()) {
            if (candidates != Candidates.NONE) {
                register(context, GogoCandidates.name(candidates), new GogoCandidates(context, candidates));
            }
        }
        registrations.add(context.registerService(CommandSessionListener.class, new Completions(signatures), null));
    }

    @Deactivate
    void deactivate() {
        registrations.forEach(ServiceRegistration::unregister);
    }

    private void register(BundleContext context, String name, Function function) {
        Map<String, Object> properties =
                Map.of(CommandProcessor.COMMAND_SCOPE, Signature.SCOPE, CommandProcessor.COMMAND_FUNCTION, name);
        Dictionary<String, Object> dictionary = FrameworkUtil.asDictionary(properties);
        registrations.add(context.registerService(Function.class, function, dictionary));
    }
}
