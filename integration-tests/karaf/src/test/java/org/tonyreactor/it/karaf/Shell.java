package org.tonyreactor.it.karaf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedExceptionAction;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;

/** The console of Karaf, as an administrator has it. */
final class Shell {
    private static final Subject ADMIN =
            new Subject(true, Set.of(new RolePrincipal("admin"), new RolePrincipal("manager")), Set.of(), Set.of());

    private final SessionFactory sessions;

    Shell(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Runs a command and returns what it prints. A command that fails is an error here, too. */
    String run(String command) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, out)) {
            Subject.doAs(ADMIN, (PrivilegedExceptionAction<Object>) () -> session.execute(command));
        } catch (Exception e) {
            throw new AssertionError(command + " failed: " + e + "\n" + printed, e);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
