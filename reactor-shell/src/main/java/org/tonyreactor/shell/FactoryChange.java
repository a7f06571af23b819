package org.tonyreactor.shell;

import java.util.List;
import java.util.Map;
import org.tonyreactor.runtime.ReactorAdmin;

/**
 * Puts a factory in quarantine or lets it out.
 *
 * @param quarantine whether it goes in
 * @param serviceId the number of its service
 */
public record FactoryChange(boolean quarantine, String serviceId) implements ShellCommand {
    public static final String QUARANTINE = "Puts a factory in quarantine: the next in rank serves in its place.";
    public static final String RELEASE = "Lets a factory out of quarantine.";
    public static final String SERVICE_ID = "Its service.id, as endpoint-show and endpoint-failed tell it.";

    @Override
    public Answer answer(ShellContext shell) throws CommandFailure {
        ReactorAdmin admin = shell.admin();
        long id = Numbers.id(serviceId, "service id");
        try {
            if (quarantine) {
                admin.quarantine(id);
            } else {
                admin.release(id);
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
        String done = quarantine ? "in quarantine; factory-release lets it out." : "out of quarantine.";
        return new Answer(
                () -> List.of("Factory of service " + id + ": " + done),
                () -> Map.of("serviceId", id, "quarantined", quarantine));
    }
}
