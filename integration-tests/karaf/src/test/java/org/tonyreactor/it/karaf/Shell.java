package org.tonyreactor.it.karaf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.ShellUtil;

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
        try (Session session = session(printed)) {
            execute(session, command);
        } catch (Exception e) {
            throw new AssertionError(command + " failed: " + e + "\n" + printed, e);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Runs a command that fails, and has Karaf do with the failure what its consoles do. Returns what a user sees of it. */
    String fail(String command) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (Session session = session(printed)) {
            try {
                execute(session, command);
            } catch (PrivilegedActionException e) {
                ShellUtil.logException(session, e.getException());
                return printed.toString(StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError(command + " did not fail: " + printed);
    }

    private Session session(ByteArrayOutputStream printed) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return sessions.create(new ByteArrayInputStream(new byte[0]), out, out);
    }

    private static void execute(Session session, String command) throws PrivilegedActionException {
        Subject.doAs(ADMIN, (PrivilegedExceptionAction<Object>) () -> session.execute(command));
    }
}
