package org.tonyreactor.launcher.failed;

import org.osgi.service.component.annotations.Component;
import org.tonyreactor.runtime.ReactorRuntime;
import org.tonyreactor.runtime.dto.RuntimeDTO;

/** Says what an engine says that has given itself up. */
@Component(property = "reactor.engine.failed:Boolean=true")
public final class FailedEngine implements ReactorRuntime {
    @Override
    public RuntimeDTO getRuntimeDTO() {
        return new RuntimeDTO();
    }
}
