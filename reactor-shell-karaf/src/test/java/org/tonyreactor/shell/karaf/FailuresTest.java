package org.tonyreactor.shell.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;

/** What a user has typed wrong is shown, and is no error in Karaf's log. */
final class FailuresTest {
    @Test
    void areOfTheOneClassThatKarafDoesNotLogAsAnError() throws Exception {
        EndpointListAction action = new EndpointListAction();
        Field context = ReactorAction.class.getDeclaredField("context");
        context.setAccessible(true);
        context.set(action, withoutServices());

        CommandException failure = assertThrows(CommandException.class, action::execute);

        assertEquals("CommandException", failure.getClass().getSimpleName(), "Karaf looks at the name");
        assertTrue(String.valueOf(failure.getMessage()).startsWith("no engine is running"), failure::toString);
        assertTrue(failure.getNiceHelp().contains("no engine is running"), failure.getNiceHelp());
    }

    private static BundleContext withoutServices() {
        return (BundleContext) Proxy.newProxyInstance(
                FailuresTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, args) -> null);
    }
}
