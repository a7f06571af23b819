package org.tonyreactor.shell.why;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.tonyreactor.runtime.dto.EndpointDTO;
import org.tonyreactor.runtime.dto.FailedEndpointDTO;
import org.tonyreactor.runtime.dto.RuntimeDTO;
import org.tonyreactor.shell.CommandFailure;
import org.tonyreactor.shell.ShellContext;

/** Who serves a port, who stands behind, and who could if nobody does. */
final class WhyPort {
    private static final String PROTOCOL = "org.tonyreactor.protocol";

    private final ShellContext shell;

    WhyPort(ShellContext shell) {
        this.shell = shell;
    }

    /** At least one. */
    List<Finding> findings(int port) throws CommandFailure {
        RuntimeDTO runtime = shell.runtime().getRuntimeDTO();
        List<Finding> findings = new ArrayList<>();
        for (FailedEndpointDTO each : runtime.failedEndpointDTOs) {
            if (each.port == port) {
                findings.add(named(each.name, each.serviceId, each.bundleId, WhyFactory.failed(each)));
            }
        }
        for (EndpointDTO each : HeldEndpoints.merged(runtime.endpointDTOs)) {
            if (each.port == port && each.state == EndpointDTO.STATE_HELD) {
                findings.add(WhyFactory.held(each));
            } else if (each.port == port && each.state != EndpointDTO.STATE_FAILED) {
                findings.add(named(each.name, each.serviceId, each.bundleId, WhyFactory.endpoint(each)));
            }
        }
        findings.sort(Finding.LIVE_FIRST);
        if (findings.isEmpty()) {
            findings.add(nobody(port, runtime));
        }
        findings.addAll(new HeldUpWorkers(shell).findings(runtime));
        return findings;
    }

    private Finding named(String name, long serviceId, long bundleId, Finding finding) {
        String who = NameOf.factory(shell, name, serviceId, bundleId);
        return new Finding(finding.cause(), who + ": " + finding.because(), finding.remedy());
    }

    private Finding nobody(int port, RuntimeDTO runtime) {
        List<String> idle = shell.bundles().stream()
                .filter(WhyPort::offersProtocols)
                .filter(bundle -> Stream.of(runtime.endpointDTOs)
                        .noneMatch(
                                each -> each.bundleId == bundle.getBundleId() && each.state == EndpointDTO.STATE_BOUND))
                .map(NameOf::bundle)
                .toList();
        String remedy = idle.isEmpty()
                ? "start a bundle whose factory has reactor.port = " + port
                : "ask reactor:why of a bundle with protocols that is not live: " + String.join(", ", idle);
        return new Finding("nobody", "no factory asks for it", remedy);
    }

    private static boolean offersProtocols(Bundle bundle) {
        String name = String.valueOf(bundle.getSymbolicName());
        String imports = bundle.getHeaders("").get(Constants.IMPORT_PACKAGE);
        return imports != null && imports.contains(PROTOCOL) && !name.equals(WhyBundle.ENGINE);
    }
}
