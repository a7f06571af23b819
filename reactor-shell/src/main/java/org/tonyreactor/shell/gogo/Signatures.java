package org.tonyreactor.shell.gogo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tonyreactor.shell.Answer;
import org.tonyreactor.shell.Candidates;
import org.tonyreactor.shell.ClassLoaderLeaks;
import org.tonyreactor.shell.ConnectionClose;
import org.tonyreactor.shell.ConnectionList;
import org.tonyreactor.shell.EndpointChange;
import org.tonyreactor.shell.EndpointChange.Change;
import org.tonyreactor.shell.EndpointFailed;
import org.tonyreactor.shell.EndpointList;
import org.tonyreactor.shell.EndpointMemory;
import org.tonyreactor.shell.EndpointShow;
import org.tonyreactor.shell.FactoryChange;
import org.tonyreactor.shell.ShellCommand;
import org.tonyreactor.shell.why.Why;

/** All commands. */
final class Signatures {
    private Signatures() {}

    static List<Signature> all() {
        List<Signature> all = new ArrayList<>(List.of(
                new Signature(
                        "endpoint-list",
                        EndpointList.DESCRIPTION,
                        List.of(Parameter.flag("--memory", EndpointList.MEMORY)),
                        typed -> typed.has("--memory") ? new EndpointMemory() : new EndpointList()),
                new Signature(
                        "endpoint-show",
                        EndpointShow.DESCRIPTION,
                        List.of(endpoint()),
                        typed -> new EndpointShow(typed.argument())),
                new Signature("endpoint-failed", EndpointFailed.DESCRIPTION, List.of(), typed -> new EndpointFailed()),
                change(Change.CLOSE, EndpointChange.CLOSE),
                change(Change.DRAIN, EndpointChange.DRAIN),
                change(Change.HOLD, EndpointChange.HOLD),
                change(Change.HAND_OVER, EndpointChange.HAND_OVER),
                change(Change.SUSPEND, EndpointChange.SUSPEND),
                change(Change.RESUME, EndpointChange.RESUME)));
        all.addAll(List.of(
                connectionList(),
                new Signature(
                        "connection-close",
                        ConnectionClose.DESCRIPTION,
                        List.of(Parameter.arguments("id", ConnectionClose.IDS, Candidates.CONNECTIONS)),
                        typed -> new ConnectionClose(typed.arguments())),
                factory("factory-quarantine", FactoryChange.QUARANTINE, true),
                factory("factory-release", FactoryChange.RELEASE, false),
                new Signature(
                        "why",
                        Why.DESCRIPTION,
                        List.of(
                                Parameter.argument("subject", Why.SUBJECT, Candidates.SUBJECTS),
                                Parameter.flag("--bundle", Why.BUNDLE)),
                        typed -> new Why(typed.argument(), typed.has("--bundle"))),
                new Signature(
                        "leaks",
                        ClassLoaderLeaks.DESCRIPTION,
                        List.of(Parameter.flag("--gc", ClassLoaderLeaks.COLLECT)),
                        typed -> new ClassLoaderLeaks(typed.has("--gc")))));
        List<Signature> told = List.copyOf(all);
        all.add(new Signature("help", "Lists these commands.", List.of(), typed -> help(told)));
        return List.copyOf(all);
    }

    private static Parameter endpoint() {
        return Parameter.argument("endpoint", EndpointShow.ENDPOINT, Candidates.ENDPOINTS);
    }

    private static Signature change(Change change, String description) {
        return new Signature(
                change.command(),
                description,
                List.of(endpoint()),
                typed -> new EndpointChange(change, typed.argument()));
    }

    private static Signature factory(String name, String description, boolean quarantine) {
        return new Signature(
                name,
                description,
                List.of(Parameter.argument("service", FactoryChange.SERVICE_ID, Candidates.FACTORIES)),
                typed -> new FactoryChange(quarantine, typed.argument()));
    }

    private static Signature connectionList() {
        return new Signature(
                "connection-list",
                ConnectionList.DESCRIPTION,
                List.of(
                        Parameter.option("--endpoint", ConnectionList.ENDPOINT, Candidates.ENDPOINTS),
                        Parameter.option("--peer", ConnectionList.PEER, Candidates.NONE),
                        Parameter.option("--state", ConnectionList.STATE, Candidates.STATES),
                        Parameter.option("--sort", ConnectionList.SORT, Candidates.ORDERS),
                        Parameter.option("--limit", ConnectionList.LIMIT, Candidates.NONE)),
                typed -> new ConnectionList(
                        typed.option("--endpoint"),
                        typed.option("--peer"),
                        typed.option("--state"),
                        typed.option("--sort"),
                        typed.option("--limit")));
    }

    private static ShellCommand help(List<Signature> told) {
        return shell -> new Answer(
                () -> told.stream()
                        .flatMap(each -> Signature.entry(each.name(), each.description()).stream())
                        .toList(),
                () -> told.stream()
                        .map(each -> Map.of("name", each.name(), "description", each.description()))
                        .toList());
    }
}
